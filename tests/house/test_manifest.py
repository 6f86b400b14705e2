"""The app can be installed: the manifest names real pictures of the right size and screens that exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.core.assets import STATIC, Assets

MANIFEST = json.loads((STATIC / "app.webmanifest").read_text(encoding="utf-8"))
SAFE = 0.4


def pictures() -> list[dict[str, Any]]:
    return [*MANIFEST["icons"], *MANIFEST["screenshots"], *(one for to in MANIFEST["shortcuts"] for one in to["icons"])]


@pytest.mark.parametrize("one", pictures(), ids=lambda one: one["src"])
def test_each_picture_is_there_and_has_its_size(one: dict[str, Any]) -> None:
    with Image.open(STATIC / one["src"].removeprefix("/static/")) as picture:
        assert f"{picture.width}x{picture.height}" == one["sizes"]
        assert picture.get_format_mimetype() == one["type"]


def test_there_are_icons_for_every_place() -> None:
    kinds = {(one["purpose"], one["sizes"]) for one in MANIFEST["icons"]}
    assert kinds == {(kind, size) for kind in ("any", "maskable") for size in ("192x192", "512x512")}
    assert {one["form_factor"] for one in MANIFEST["screenshots"]} == {"narrow", "wide"}


def drawn_outside(path: Path, share: float) -> int:
    """Pixels that differ from the ground beyond a circle. Every phone shows 40% of the width around the middle."""
    with Image.open(path) as picture:
        image = picture.convert("RGBA")
    ground, middle, radius = image.getpixel((0, 0)), image.width / 2, image.width * share
    spots = ((x, y) for x in range(0, image.width, 2) for y in range(0, image.height, 2))
    far = (spot for spot in spots if (spot[0] - middle) ** 2 + (spot[1] - middle) ** 2 > radius**2)
    return sum(image.getpixel(spot) != ground for spot in far)


def test_a_maskable_icon_loses_nothing_in_a_round_mask_and_has_no_clear_corner() -> None:
    path = STATIC / "icons/app/maskable-192.png"
    assert drawn_outside(path, SAFE) == 0
    assert drawn_outside(path, 0.2) > 0
    with Image.open(path) as picture:
        assert picture.convert("RGBA").getextrema()[3] == (255, 255)


def test_shortcuts_and_the_start_lead_to_screens_of_the_app(project: Path) -> None:
    screens = re.findall(r'^  "?([\w-]+)"?: \(\) =>', (project / "app/static/js/app.js").read_text(), re.MULTILINE)
    wanted = {one["url"].removeprefix("/app/") for one in MANIFEST["shortcuts"]}
    assert wanted <= {*screens, "home"}
    assert {one["name"] for one in MANIFEST["shortcuts"]} == {"Add a receipt", "Money left"}


def test_what_is_shared_goes_where_the_worker_listens(project: Path) -> None:
    worker = (project / "app/static/sw.js").read_text()
    share = MANIFEST["share_target"]
    assert f'const SHARE = "{share["action"]}"' in worker
    assert f'getAll("{share["params"]["files"][0]["name"]}")' in worker


def test_pages_and_the_shell_name_the_manifest_and_the_icon(client: FlaskClient) -> None:
    late = 'name="inhand-manifest" content'  # the app brings it after the first screen
    for path, names in (("/", 'rel="manifest" href'), ("/sign-in", 'rel="manifest" href'), ("/app/", late)):
        page = client.get(path).get_data(as_text=True)
        manifest = re.search(f'{names}="([^"]+)"', page)
        assert manifest
        assert client.get(manifest[1]).content_type == "application/manifest+json"
        assert 'rel="apple-touch-icon"' in page
    icon = re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)
    assert icon
    assert client.get(icon[1]).content_type == "image/png"


def test_icons_are_kept_for_lack_of_signal_and_screenshots_are_not() -> None:
    kept = " ".join(Assets().precache_list())
    assert "icons/app/icon-192.png" in kept
    assert ".webp" not in kept
