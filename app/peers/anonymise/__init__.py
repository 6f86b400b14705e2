"""The anonymiser: finds what gives a person away in a text and says it so that nobody is recognised.

Pure: no Flask, no database, no network. `ready()` builds the engine and raises `DetectorMissing` when the
optional model is not installed.
"""
