"""The sync engine: streams, operations, results, conflicts and files. It knows no feature."""
