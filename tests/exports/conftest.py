"""A household with a full plan, a photo, and a worker that does what is due."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.accounts.access import actor_for
from app.accounts.models import Account
from app.core.ids import new_id
from app.core.sealing import Sealer
from app.core.storage import Storage
from app.exports.bringing import bring_back
from app.exports.opening import digest_of, encode_line, open_archive, storage_files
from app.exports.service import ask_erasure
from app.factory import make_worker
from app.jobs.models import Job
from tests.core.make_images import encode, receipt
from tests.exports.filled import fill_plan, send_file
from tests.exports.test_archive import make
from tests.fixtures_app import op

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def photo():
    """A photo of a receipt, as the phone sends it."""
    return encode(receipt(180, 240, 1), "JPEG")


@pytest.fixture
def work(parts, clock):
    """Do everything that is due; of the kinds named also what waits for a later day."""

    def run(*kinds, **later):
        clock.go_on(**later)
        worker = make_worker(parts)
        with parts.database.writing() as session:
            due = update(Job).where(Job.kind.in_(kinds), Job.state == "due").values(due_at=LONG_AGO)
            session.execute(due)
            session.commit()
        while worker.run_once():
            pass

    return run


@pytest.fixture
def full(household, photo):
    """The household with something in every part of the plan."""
    fill_plan(household, send_file(household, photo))
    return household


@pytest.fixture
def actor(parts, household):
    """Maria, for herself."""
    with parts.database.reading() as session:
        return actor_for(session, household.maria, household.person)


@pytest.fixture
def on_disk(tmp_path):
    """A storage in a folder, sealed."""
    return Storage.from_url(f"folder:{tmp_path}/files", Sealer.from_secrets(("a key for tests, long enough for that",)))


@pytest.fixture
def erase_now(parts, work):
    """Erase the actor's person: asked, seven days waited, done."""

    def run(actor):
        with parts.database.writing() as session:
            ask_erasure(session, actor, typed="Maria")
            session.commit()
        work("erase", days=8)

    return run


@pytest.fixture
def bring(parts, household):
    """Bring an archive back for Maria."""

    def run(data):
        archive = zipfile.ZipFile(io.BytesIO(data))
        found = open_archive(archive)
        for key, name in storage_files(found).items():
            parts.storage.put(key, archive.read(name))
        with parts.database.writing() as session:
            bring_back(session, found, account=session.get_one(Account, household.maria), role="holder")
            session.commit()

    return run


@pytest.fixture
def write_goal(household):
    """A goal in these words."""
    return lambda words: household.hers.results(op("goal.write", household.person, new_id(), {"words": words}))


@pytest.fixture
def forge():
    """An archive in which one link leads elsewhere, with sums that are right again."""

    def make(data, table, field):
        old, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
        every, facts = json.loads(old.read("data.json")), json.loads(old.read("manifest.json"))
        every[table][0][field] = new_id()
        facts["tables"][table] = digest_of(encode_line(row) for row in every[table])
        members = {name: old.read(name) for name in old.namelist()}
        members |= {"data.json": json.dumps(every).encode(), "manifest.json": json.dumps(facts).encode()}
        with zipfile.ZipFile(out, "w") as new:
            for name, content in members.items():
                new.writestr(name, content)
        return zipfile.ZipFile(io.BytesIO(out.getvalue()))

    return make


@pytest.fixture
def archive(full, parts, work, actor):
    """Maria's archive, while her plan is here."""
    return make(parts, work, actor)


@pytest.fixture
def gone(archive, actor, erase_now):
    """Maria's archive, after her plan was erased: it may come back to anybody."""
    erase_now(actor)
    return archive


@pytest.fixture
def ana(make_account, make_person, phone):
    """Ana, who has a plan of her own with nothing in it."""
    account = make_account("ana@example.com", name="Ana")
    made = phone(account)
    made.plan = make_person(account, name="Ana", role="holder")
    return made
