"""For each hazard: its control taken out of the code, and a test named in the hazard log that has to notice.

A plant swaps a few words in one function for others. Those of Python are tried by a pytest of their own, of which this
file is the plugin: each test runs with its control gone. Those of the phone's code run in a copy of it.
"""

import inspect
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ANSWERS = "INHAND_PLANTED_ANSWERS"
NOTICED = "noticed"


@dataclass(frozen=True)
class Plant:
    """A control and the test that proves it. `function`: "module:name" in Python, a file below app/static else."""

    hazard: str
    test: str  # "FILE::NAME" below tests, or "FILE.test.mjs: TITLE"
    function: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """What the hazard log calls the test."""
        return self.test.partition("::")[2].partition("[")[0] or self.test.partition(": ")[2]


FROM_DRAWN_ONES = """row is None or row.state != "ready":
            raise NotFound
    answer = Response(services().storage.get(f"{made}/{person}/{sha256}")"""
FROM_ANYTHING = """row is None:
            raise NotFound
    answer = Response(b"the original\""""
PLANTS = (
    Plant("H1", "house/test_operations.py::test_a_person_and_a_row_of_two_plans_of_one_account_do_not_mix",
          "app.plans.service:write_goal", "if goal.person_id != actor.person:", "if False:"),
    Plant("H1", "accounts/test_signing_up.py::test_each_person_gets_the_first_free_colour",
          "app.accounts.service:_free_colour", "if colour not in taken", ""),
    Plant("H2", "sync/test_streams.py::test_rights_taken_away_rebuild_the_stream_without_what_may_not_be_seen[sqlite]",
          "app.sync.send:_place", 'cursor["epoch"] != epoch or', ""),
    Plant("H2", "replica.test.mjs: a stream is unknown until it was here whole",
          "js/core/replica.js", "return this.#heads.get(stream)?.known ?? false;", "return this.#heads.has(stream);"),
    Plant("H3", "reminders/test_reminding.py::test_without_a_confirmation_within_a_day_it_is_a_notice_and_a_mail",
          "app.reminders.work:ReminderJobs.check", "self._say_elsewhere(session, found)", "pass"),
    Plant("H3", "reviews/test_review_clock.py::"
          "test_a_day_that_was_agreed_too_late_says_so_and_one_that_is_over_counts_no_more",
          "app.reviews.clock:next_review", "late=agreed > due", "late=False"),
    Plant("H4", "sync/test_file_pieces.py::test_a_photo_that_never_came_is_said_to_be_missing_and_may_still_come",
          "app.sync.files:FileJobs.miss", 'self._settle(row.id, state="missing")', "pass"),
    Plant("H4", "accounts/test_untaken.py::"
          "test_the_words_of_somebody_who_was_sent_off_stay_in_their_own_account[sqlite]",
          "app.accounts.people.untaken:keep_words", "insert_missing(session, table_of(UntakenWords), row,", "dict("),
    Plant("H4", "store.test.mjs: a full phone says so in a sentence and loses nothing",
          "js/core/shelf.js", 'return new StoreError("full", error);', "return error;"),
    Plant("H4", "replica.test.mjs: a refused operation goes from the view and its words are kept for 7 days",
          "js/core/outbox.js", "kept: { id: op.id, op, code, sentence, at }", "kept: null"),
    Plant("H5", "sync/test_exactly_once.py::test_a_spent_amount_sent_three_times_counts_once",
          "app.sync.receive:_look_up", "return stored.result if stored else None", "return None"),
    Plant("H5", "sync/test_money_conflicts.py::"
          "test_ten_pounds_corrected_to_twelve_and_to_nine_never_makes_anything_else[sqlite]",
          "app.budgets.posting:correct_entry", "if entry.superseded:", "if False:"),
    Plant("H5", "core/test_money_words.py::test_what_is_no_amount_is_refused_with_a_sentence",
          "app.core.money:parse_amount", "if amount == 0 and not zero:", "if False:"),
    Plant("H6", "worker.test.mjs: the whole version is kept, and opens without a network",
          "sw.js", "await cache.put(SHELL, response);", ""),
    Plant("H7", "sync/test_streams.py::test_a_relationship_with_an_end_is_over_the_day_after",
          "app.accounts.queries:in_force", "Relationship.ends_on >= today", "Relationship.ends_on.is_not(None)"),
    Plant("H7", "sync/test_streams.py::test_scopes_decide_on_arrival_not_on_the_phone",
          "app.sync.receive:_allowed", "if not actor.may(act.needs):", "if False:"),
    Plant("H7", "accounts/test_limits.py::test_a_helper_reads_what_they_wrote_down_and_no_other_money[sqlite]",
          "app.sync.send:_readable", "Change.audience.in_(grant.scopes)", "Change.seq > 0"),
    Plant("H7", "sync/test_streams.py::test_a_stream_that_may_not_be_seen_any_more_is_gone",
          "app.sync.send:send", "sorted(set(cursors) - set(grants))", "[]"),
    Plant("H8", "options/test_starter_content.py::test_an_option_of_another_shape_is_refused[evidence-value6]",
          "app.options.schemas:Evidence.check_source", 'and not data["source"]', "and False"),
    Plant("H8", "peers/test_one_door.py::test_words_of_harm_go_to_the_queue_and_are_not_refused",
          "app.peers.service.sharing:tell_moderators", "session.add(item)", "pass"),
    Plant("H9", "sync/test_file_pieces.py::test_an_original_is_never_served",
          "app.sync.api:picture", FROM_DRAWN_ONES, FROM_ANYTHING),
    Plant("H9", "peers/test_seats.py::test_a_group_shows_nothing_before_five_plans_sit_in_it[sqlite]",
          "app.peers.service.seats:count_seats", ">= FEWEST_SEATS", ">= 0"),
    Plant("H9", "peers/test_one_door.py::test_the_guard_looks_once_more_before_a_text_shows",
          "app.peers.service.sharing:let_show", "guard(session, sharing)", "pass"),
    Plant("H9", "peers/test_taken_back.py::test_who_recognises_someone_hides_it_for_all_at_once",
          "app.peers.service.moderating:report", "hide(session, found)", "pass"),
    Plant("H9", "store.test.mjs: no word, name or id of a person lies open in the database",
          "js/core/seal.js", "record.set(new Uint8Array(sealed), IV);", "record.set(bytes, IV);"),
)  # fmt: skip
IN_PYTHON = tuple(one for one in PLANTS if "::" in one.test)
ON_THE_PHONE = tuple(one for one in PLANTS if "::" not in one.test)


@contextmanager
def without(plant: Plant) -> Iterator[None]:
    """The function without its control, wherever it was imported. Raises where the words are not there, or twice."""
    found = pkgutil.resolve_name(plant.function)
    function: FunctionType = inspect.unwrap(getattr(found, "__func__", found))
    code = function.__code__
    function.__code__ = _changed(function, plant.old, plant.new)
    try:
        yield
    finally:
        function.__code__ = code


def _changed(function: FunctionType, old: str, new: str) -> Any:
    source = textwrap.dedent(inspect.getsource(function))
    bare = source[source.index("def ") :]
    assert bare.count(old) == 1, f"{function.__qualname__}: {old}"
    made: dict[str, Any] = {}
    exec(compile(bare.replace(old, new), function.__code__.co_filename, "exec"), dict(function.__globals__), made)
    return made[function.__name__].__code__


def try_python(plants: tuple[Plant, ...]) -> dict[str, str]:
    """What each test said with its control gone, by its name: `NOTICED`, or what else it came to."""
    answers = PROJECT / "var" / f"planted-{os.getpid()}.json"
    answers.parent.mkdir(exist_ok=True)
    tests = [f"tests/{one.test}" for one in plants]
    how = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "tests.house.planted"]
    run = [sys.executable, "-m", "pytest", *how, *tests]
    environment = {**os.environ, ANSWERS: str(answers), "COVERAGE_PROCESS_START": ""}
    done = subprocess.run(run, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if not answers.exists():
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    found: dict[str, str] = json.loads(answers.read_text(encoding="utf-8"))
    answers.unlink()
    return found


def try_on_the_phone(plant: Plant, folder: Path) -> str:
    """The same for the phone's code, in a copy of it."""
    for part in ("app/static/js", "app/static/sw.js", "tests/js", "tests/vectors", "package.json"):
        source, target = PROJECT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    file = folder / "app/static" / plant.function
    text = file.read_text(encoding="utf-8")
    assert plant.old in text, f"{plant.function}: {plant.old}"
    file.write_text(text.replace(plant.old, plant.new), encoding="utf-8")
    test = folder / "tests/js" / plant.test.partition(": ")[0]
    asked = f"--test-name-pattern=^{plant.name}"
    node = shutil.which("node") or str(PROJECT / ".venv/bin/node")
    done = subprocess.run([node, "--test", "--test-reporter=tap", asked, test],
                          cwd=folder, capture_output=True, text=True, check=False)  # fmt: skip
    if re.search(rf"^not ok \d+ - {re.escape(plant.name)}", done.stdout, re.MULTILINE):
        return NOTICED
    return "passed" if done.returncode == 0 else done.stdout[-2000:]


# -- the plugin ---------------------------------------------------------------------------------------------

_said: dict[str, str] = {}


def _plant_of(item: pytest.Item) -> Plant | None:
    name = item.nodeid.removeprefix("tests/")
    fits = (one for one in planned() if one.test in {name, name.partition("[")[0]})
    return next(fits, None)


def planned() -> tuple[Plant, ...]:
    """The plants, and one that takes nothing out: what is not noticed has to be told apart."""
    return (*IN_PYTHON, NOTHING_OUT)


NOTHING_OUT = Plant("", "reviews/test_review_clock.py::test_the_phone_finds_the_same",
                    "app.reviews.clock:add_months", "count % 12 + 1", "1 + count % 12")  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test runs without its control."""
    plant = _plant_of(item) if ANSWERS in os.environ else None
    if plant is None:
        return (yield)
    with without(plant):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Only the test's own word counts: a fixture that breaks, or another fault, proves nothing."""
    report = yield
    plant = _plant_of(item)
    if plant is not None and (call.excinfo is not None or call.when == "call"):
        said = call.excinfo is not None and call.when == "call"
        own = said and _is_the_tests_word(item, call.excinfo)
        answer = NOTICED if own else "passed" if call.excinfo is None else f"{call.when}: {call.excinfo.exconly()}"
        if _said.get(plant.test) != NOTICED:
            _said[plant.test] = answer
    return report


def _is_the_tests_word(item: pytest.Item, error: pytest.ExceptionInfo[BaseException]) -> bool:
    """Whether it is a failed assertion, or the test itself did not find in an answer what it looked for."""
    asserted = error.errisinstance((AssertionError, pytest.fail.Exception))
    return asserted or (error.errisinstance((KeyError, AttributeError)) and error.traceback[-1].path == item.path)


def pytest_sessionfinish() -> None:
    """Hand over what was said."""
    if ANSWERS in os.environ:
        Path(os.environ[ANSWERS]).write_text(json.dumps(_said), encoding="utf-8")
