"""Each table with a person's rows has one filter for who may read them, and no query goes without it."""

import ast
from pathlib import Path

from sqlalchemy.orm import DeclarativeBase

from app.core.actor import Actor
from app.core.db import Base
from app.core.ids import new_id
from app.models import ALL
from tests.house.lint_rules import parse, read_sources

# Tables with a person's rows that no actor reads: each with the reason.
READ_BY_NO_ACTOR = {
    "Relationship": "it is what an actor is made from",
    "AuditLine": "append-only; read by the person's own page alone",
}
# Files that may ask without an actor, each with the reason.
MAY_ASK_FREELY = {
    "app/accounts/queries.py": "turns a sign-in into an actor",
    "app/accounts/service.py": "makes people and relationships",
    "app/accounts/commands.py": "for whoever runs the installation",
    "app/exports/queries.py": "which files may be there; what pages ask goes by rows_of and find_archive",
    "app/exports/imported.py": "for whoever runs the installation; asks by the number of a plan that was brought in",
    "app/exports/erasing.py": "the worker has no actor; asks by the person that is erased",
    "app/peers/service/farewell.py": "the worker has no actor; asks by the person or account that is erased",
    "app/reminders/queries.py": "the worker has no actor; asks by what is coming and by account",
    "app/sync/files.py": "the worker has no actor; what phones ask goes by find_file",
    "app/peers/queries.py": "members read what others shared; what a plan asks goes by a seat or visible_to",
    "app/receipts/queries.py": "the worker has no actor; what phones ask goes by the service",
    "app/receipts/work.py": "the worker has no actor",
    "app/demo/load.py": "makes the invented people",
    "app/demo/group.py": "makes the invented group",
}


def models_of_people() -> dict[str, type[DeclarativeBase]]:
    """Every model with a person_id, and Person itself, by name."""
    assert ALL
    found = {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}
    return {name: model for name, model in found.items() if name == "Person" or hasattr(model, "person_id")}


def unfiltered(source, names):
    """Functions of a file that select such rows and name no filter, as (function, model)."""
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        nodes = list(ast.walk(function))
        filtered = any(isinstance(node, ast.Attribute) and node.attr == "visible_to" for node in nodes)
        asked = {name for node in nodes if isinstance(node, ast.Call) for name in asked_for(node) if name in names}
        if asked and not filtered:
            yield from ((source.path, function.name, name) for name in sorted(asked))


def asked_for(call):
    """The models that a call of select() or query() names first."""
    called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if called not in {"select", "query"}:
        return []
    return [root(arg) for arg in call.args]


def root(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_every_model_of_a_person_has_its_filter():
    missing = {name for name, model in models_of_people().items() if not hasattr(model, "visible_to")}
    assert missing - set(READ_BY_NO_ACTOR) == set()
    assert len(models_of_people()) >= 9


def test_no_filter_lets_an_actor_without_scopes_or_of_another_person_see(parts, household):
    household.hers.results()
    actors = [
        Actor(account=household.maria, person=household.person, scopes=frozenset(), role="holder"),
        Actor(account=household.maria, person=new_id(), scopes=frozenset({"see_person", "see_plan"}), role="holder"),
    ]
    with parts.database.reading() as session:
        for model in models_of_people().values():
            for actor in actors if hasattr(model, "visible_to") else []:
                assert session.query(model).filter(model.visible_to(actor)).count() == 0


def test_no_query_goes_without_the_filter():
    names = set(models_of_people()) - set(READ_BY_NO_ACTOR)
    found = {item for source in read_sources() for item in unfiltered(source, names)}
    assert {item for item in found if item[0] not in MAY_ASK_FREELY} == set()


def test_every_exception_is_still_there():
    assert [path for path in MAY_ASK_FREELY if not (Path(__file__).parents[2] / path).exists()] == []


def test_a_query_without_the_filter_is_found():
    bad = parse("app/x.py", "def f(session):\n    return session.scalars(select(Goal).where(Goal.id == 1))\n")
    good = parse("app/x.py", "def f(session, actor):\n    return select(Goal).where(Goal.visible_to(actor))\n")
    by_column = parse("app/x.py", "def f(session):\n    return session.query(Goal.words)\n")
    assert [len(list(unfiltered(source, {"Goal"}))) for source in (bad, good, by_column)] == [1, 0, 1]
