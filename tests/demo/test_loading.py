"""The invented people come in by the same door as everybody: acts of phones, photos that are drawn by the worker."""

import io
import time
from datetime import UTC, datetime
from random import Random

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.accounts.models import Person
from app.budgets.models import Entry
from app.core.errors import Refused
from app.core.files.bare import is_bare_jpeg
from app.core.settings import Settings
from app.core.web import Services
from app.demo.grace import grace, ruth
from app.demo.leroy import leroy
from app.demo.load import PASSWORD, load_demo
from app.demo.receipts import Receipt, draw_receipt
from app.demo.snapshots import HEIGHT, WIDTH, photograph
from app.demo.sofia import sofia
from app.factory import make_registry
from app.sync.models import StoredFile

PAPER = Receipt(
    "Handy & Home", "Hale Lane,Altrincham", "2026-11-11", (("Grab rail", 1_899), ("Fixings", 350)), vat=True
)


def load(parts, *tellers, **how):
    return load_demo(parts, make_registry(), if_empty=True, tellers=tellers, **how)


def test_three_people_are_there_in_20_seconds_on_a_leap_day(parts, clock):
    clock.moment = datetime(2028, 2, 29, 9, tzinfo=UTC)
    before = time.process_time()
    emails = load(parts, leroy, sofia, grace)
    assert time.process_time() - before < 20
    assert emails[:2] == ["leroy@example.com", "ana@example.com"]
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 3
        assert session.scalar(select(func.count()).select_from(Entry)) > 250


@pytest.mark.parametrize("day", [(2026, 12, 31, 23, 59), (2026, 3, 29, 0, 30), (2026, 10, 25, 0, 30)], ids=str)
def test_a_story_loads_at_the_end_of_a_year_and_when_clocks_change(parts, clock, day):
    clock.moment = datetime(*day, tzinfo=UTC)
    assert load(parts, ruth) == ["daniel@example.com"]


def test_what_is_there_is_not_loaded_again(parts):
    assert load(parts, ruth) == ["daniel@example.com"]
    assert load(parts, ruth) == []
    with pytest.raises(Refused, match="there already"):
        load_demo(parts, make_registry(), if_empty=False, tellers=(ruth,))


def test_production_never_has_invented_people(parts):
    strict = Settings(production=True, secret_key="x" * 40, base_url="https://inhand.example")
    with pytest.raises(Refused, match="production"):
        load(Services(strict, parts.database, parts.storage), ruth)


def test_the_photo_of_a_receipt_arrives_and_waits_for_the_worker(parts):
    load(parts, ruth, photos=True)
    with parts.database.reading() as session:
        photo = session.scalars(select(StoredFile)).one()
        line = session.scalars(select(Entry).where(Entry.amount == 2_249)).one()
        assert (photo.state, photo.sha256) == ("received", line.files[0])
        assert parts.storage.size(f"original/{photo.person_id}/{photo.sha256}") == photo.size


@pytest.mark.parametrize("look", ["till", "slip", "taxi"])
def test_a_photo_holds_nothing_but_its_picture_and_is_the_same_each_time(look):
    paper = Receipt(PAPER.shop, PAPER.address, PAPER.on, PAPER.lines, look=look, paid="cash")
    photos = [photograph(draw_receipt(paper, Random(1)), Random(2)) for _ in range(2)]
    assert photos[0] == photos[1]
    assert is_bare_jpeg(photos[0])
    assert len(photos[0]) < 100_000
    assert Image.open(io.BytesIO(photos[0])).size == (WIDTH, HEIGHT)


def test_the_password_is_the_one_in_the_readme():
    with open("README.md", encoding="utf-8") as readme:
        assert PASSWORD in readme.read()
