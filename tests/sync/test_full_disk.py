"""A full disk gives a sentence, takes nothing new, and keeps all that is there."""

import pytest
from sqlalchemy import event, text

from app.accounts.attempts import Limit
from app.core.ids import new_id
from app.core.settings import Settings
from app.core.storage import StorageFull
from app.core.web import Services
from app.factory import create_app
from tests.fixtures_app import OWN, op, send_form

LONG = "We want to get to the shop on our own. " * 200


@pytest.fixture
def fill(parts):
    """Let the database grow no further; a second call makes room again."""
    at_most = []

    def hold(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={at_most[-1]}")

    def act(*, room: bool = False):
        with parts.database.reading() as session:
            used = session.execute(text("PRAGMA page_count")).scalar_one()
        at_most.append(1_000_000_000 if room else used)

    act(room=True)
    event.listen(parts.database.engine, "checkout", hold)
    return act


def write(household):
    return op("goal.write", household.person, new_id(), {"words": LONG})


def test_a_full_disk_is_told_and_what_was_there_stays(household, fill):
    kept = write(household)
    household.hers.results(kept)
    fill()
    answers = [household.hers.post(household.hers.body(write(household))) for _ in range(8)]
    full = [answer for answer in answers if answer.status_code == 503]
    assert full
    assert "disk of this server is full" in full[0].get_json()["sentence"]
    assert full[0].headers["Retry-After"] == "30"
    assert household.hers.rows("goal")[kept["row"]]["words"] == LONG


def test_with_room_again_the_same_operations_are_taken(household, fill):
    fill()
    ops = [write(household) for _ in range(8)]
    statuses = [household.hers.post(household.hers.body(one)).status_code for one in ops]
    assert 503 in statuses
    fill(room=True)
    assert {result["status"] for result in household.hers.results(*ops)} == {"done"}
    assert len(household.hers.rows("goal")) == len(ops)


def test_a_page_on_a_full_disk_is_a_page_with_the_sentence(client, fill, monkeypatch):
    fill()
    monkeypatch.setattr("app.accounts.routes.joining.hash_password", lambda _: "none")
    monkeypatch.setattr("app.accounts.routes.joining.SIGN_UP_LIMIT", Limit(1000, 60))
    for number in range(60):
        fields = {"name": "M" * 100, "email": f"{'m' * 60}{number}@example.com", "password": "three plain words"}
        answer = send_form(client, "/sign-up", **fields, whose="me")
        if answer.status_code != 303:
            break
    assert answer.status_code == 503
    assert "disk of this server is full" in answer.get_data(as_text=True)
    assert client.get("/help").status_code == 200


def test_a_full_place_for_photos_is_told(household, parts, app, monkeypatch):
    def full(*_args):
        raise StorageFull("The disk for photos and files is full.")

    facts = {"sha256": "a" * 64, "size": 5, "type": "image/jpeg"}
    household.hers.results(op("file.announce", household.person, new_id(), facts))
    monkeypatch.setattr("app.core.storage.Storage.put", full)
    headers = {**OWN, "X-Inhand-Offset": "0", "X-Inhand-Size": "5"}
    answer = household.hers.client.put(f"/files/{household.person}/{'a' * 64}", data=b"hello", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "storage_full")


def test_a_place_that_cannot_be_written_at_all_is_told(parts, tmp_path):
    settings = Settings(database_url=parts.settings.database_url, storage_url="memory:")
    app = create_app(parts=Services(settings, parts.database, parts.storage))
    writer = parts.database.path.with_name(parts.database.path.name + ".writer")
    writer.unlink(missing_ok=True)
    writer.mkdir()
    answer = send_form(app.test_client(), "/sign-in", email="maria@example.com", password="three plain words")
    assert answer.status_code == 503
    assert "nothing new was taken" in answer.get_data(as_text=True)
