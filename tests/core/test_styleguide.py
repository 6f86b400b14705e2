"""The page of the looks: there in development, with every part; not there in production."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.styleguide import COLOURS, OF_A_PERSON
from app.core.web import Services
from app.factory import create_app

LOOKS = Path(__file__).resolve().parents[2] / "app/static/css/looks.css"


def client_of(parts, **settings):
    changed = replace(parts.settings, **settings)
    return create_app(parts=Services(changed, parts.database, parts.storage)).test_client()


@pytest.mark.parametrize("path", ["/styleguide", "/styleguide.css"])
def test_it_is_not_there_in_production(parts, path):
    real = {"production": True, "secret_key": "x" * 40, "base_url": "https://inhand.example"}
    assert client_of(parts, **real).get(path).status_code == 404
    assert client_of(parts).get(path).status_code == 200


def test_it_shows_light_or_dark_as_asked(parts):
    client = client_of(parts)
    assert 'data-theme="dark"' in client.get("/styleguide?theme=dark").text
    assert "data-theme" not in client.get("/styleguide?theme=pink").text


def test_every_colour_of_the_looks_is_shown():
    tokens = LOOKS.read_text().split("@layer base {")[0]
    coloured = set(re.findall(r"--([a-z][a-z0-9-]*):\s*var\(--L", tokens))
    shown = {name for group in COLOURS.values() for name in group} | set(OF_A_PERSON)
    assert coloured <= shown | {"on-band"}
