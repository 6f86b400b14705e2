"""What is kept is written down, column by column: the privacy page and the documents are made from that list."""

from markupsafe import escape

from app.core.db import Base
from app.exports.kept import as_markdown, kept
from app.models import ALL


def unsaid(tables, said):
    """Columns that nobody gave words, and words of columns that are not there."""
    there = {(table.name, column.name) for table in tables for column in table.columns}
    known = {(name, column) for name, item in said.items() for column in item.columns}
    own = {(name, column) for name, item in said.items() for column in item.own}
    return sorted(there - known), sorted(own - there)


def test_every_column_of_every_table_has_its_words_and_none_is_left_over():
    assert ALL
    assert unsaid(Base.metadata.sorted_tables, kept()) == ([], [])


def test_a_new_column_without_words_is_found():
    said = dict(kept())
    goal = said["goal"]
    columns = {name: words for name, words in goal.columns.items() if name != "words"}
    said["goal"] = type(goal)(**{**vars(goal), "columns": columns})
    said.pop("pot")
    missing, _ = unsaid(Base.metadata.sorted_tables, said)
    assert ("goal", "words") in missing
    assert ("pot", "name") in missing


def test_every_table_with_a_persons_rows_goes_along_or_is_known_to_stay():
    stays = {"archive", "concern", "erasure", "invitation", "untaken_words"}
    of_people = {table.name for table in Base.metadata.sorted_tables if "person_id" in table.c}
    assert {name for name in of_people if not kept()[name].taken} == stays


def test_the_document_holds_the_same_list(project):
    assert as_markdown() in (project / "docs/data-protection.md").read_text(encoding="utf-8")


def test_the_page_shows_all_of_it(client):
    page = client.get("/privacy").get_data(as_text=True)
    assert [item.title for item in kept().values() if escape(item.title) not in page] == []
