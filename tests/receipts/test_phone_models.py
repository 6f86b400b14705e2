"""What a phone fetches to read receipts by itself: complete, small, kept for ever, and off where it cannot be."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.core.assets import FOR_EVER
from app.core.web import Services
from app.factory import create_app
from app.receipts import phone_models
from app.receipts.reading import packages
from app.receipts.reading.packages import ReaderMissing

MOST_BYTES = 10_000_000
BROTLI = {"Accept-Encoding": "br, gzip"}


@pytest.fixture
def looked_for_anew() -> Iterator[None]:
    """Whatever was found before or is found now is forgotten."""
    phone_models.phone_models.cache_clear()
    yield
    phone_models.phone_models.cache_clear()


def test_every_file_is_answered_whole_and_may_be_kept_for_ever(client: FlaskClient) -> None:
    for file in client.get("/reader").get_json()["files"]:
        answer = client.get(file["url"])
        assert answer.headers["Cache-Control"] == FOR_EVER
        assert len(answer.data) == file["size"]
        assert hashlib.sha256(answer.data).hexdigest().startswith(file["version"])


def test_all_of_it_is_less_than_ten_megabytes_on_the_way(client: FlaskClient) -> None:
    files = client.get("/reader").get_json()["files"]
    sent = [len(client.get(file["url"], headers=BROTLI).data) for file in files]
    assert {file["name"] for file in files} == {"ort.js", "ort.wasm", "detector", "recogniser"}
    assert sum(sent) < MOST_BYTES


def test_a_model_is_packed_for_who_takes_it(client: FlaskClient) -> None:
    file = next(one for one in client.get("/reader").get_json()["files"] if one["name"] == "recogniser")
    answer = client.get(file["url"], headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(answer.data)) == file["size"]


@pytest.mark.parametrize("path", ["/reader/detector", "/reader/detector?v=older", "/reader/none?v=1"])
def test_another_version_or_name_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("looked_for_anew")
def test_without_the_packages_it_says_that_it_is_off(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _name: None)
    assert client.get("/reader").get_json() == {"off": phone_models.OFF}
    assert client.get("/reader/detector?v=1").status_code == 404


@pytest.mark.usefixtures("looked_for_anew")
def test_packages_that_are_only_half_there_count_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "package_folder", lambda _name: tmp_path)
    with pytest.raises(ReaderMissing):
        phone_models.phone_models()


def test_an_operator_can_turn_it_off(parts: Services) -> None:
    client = create_app(parts=replace(parts, settings=replace(parts.settings, reading="off"))).test_client()
    assert client.get("/reader").get_json() == {"off": phone_models.OFF}
    assert client.get("/reader/detector?v=1").status_code == 404


def test_only_the_worker_may_compile_and_it_reaches_nothing(client: FlaskClient) -> None:
    policy = client.get("/static/js/receipts/ocr/worker.js").headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "connect-src" not in policy
    assert policy.startswith("default-src 'none'")
    for path in ("/", "/app/", "/static/js/receipts/ocr/page.js", "/static/js/main.js", "/reader"):
        assert "wasm-unsafe-eval" not in client.get(path).headers["Content-Security-Policy"]
