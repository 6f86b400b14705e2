"""The page of an archive that people read: no script, no address, everything escaped."""

import json
from html import escape
from typing import Any

from app.core.money import NAMES, format_amount
from app.exports.kept import Kept

STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1d1d1b; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #8a8a86; }
td { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
img { width: 9rem; height: 9rem; object-fit: cover; border: 1px solid #8a8a86; }
.photos { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; list-style: none; }
"""
# What only machines need stands in data.json.
NOT_READ = frozenset({"id", "person_id", "rev", "field_revs", "removed", "position", "audience", "sha256", "look"})
AMOUNTS = frozenset({"amount", "agreed"})
PHOTOS, SMALL = "photos/", "photos/small/"


def index_page(facts: dict[str, Any], tables: list[tuple[Kept, list[dict[str, Any]]]], files: list[str]) -> str:
    """The whole page. `files` are the names within the archive."""
    name = escape(str(facts["name"]))
    filled = [(kept, [row for row in rows if not row.get("removed")]) for kept, rows in tables]
    parts = [_section(kept, rows) for kept, rows in filled if rows]
    links = "".join(f'<li><a href="#{kept.table}">{escape(kept.title)}</a></li>' for kept, rows in filled if rows)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{name}: everything kept in Inhand</title>"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
        f"<h1>{name}</h1><p>Everything that Inhand kept, as it was on {escape(str(facts['made_at'])[:10])}.</p>"
        "<p>The folder <b>tables</b> opens in a spreadsheet. <b>data.json</b> holds all of it for other programs.</p>"
        f"<ul>{links}</ul>{''.join(parts)}{_photos(files)}</body></html>"
    )


def as_text(value: Any) -> str:
    """A portable value in words: without the mark of its kind."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and len(value) == 1:
        [(kind, inner)] = value.items()
        return json.dumps(inner, ensure_ascii=False) if kind == "json" else str(inner)
    return str(value)


def _section(kept: Kept, rows: list[dict[str, Any]]) -> str:
    shown = [name for name in kept.columns if name not in NOT_READ and _is_read(kept, name)]
    names = [name for name in shown if any(row.get(name) not in (None, "") for row in rows)]
    head = "".join(f'<th scope="col">{escape(_heading(kept, name))}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(name, row.get(name)) for name in names)}</tr>" for row in rows)
    return (
        f'<h2 id="{kept.table}">{escape(kept.title)}</h2><div class="wide" tabindex="0" role="region" '
        f'aria-label="{escape(kept.title)}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _is_read(kept: Kept, name: str) -> bool:
    """Numbers that lead to other rows, and sums of bytes, are for machines."""
    return not kept.columns[name].endswith(("as a number", "of their bytes", "of its bytes"))


def _heading(kept: Kept, name: str) -> str:
    return kept.columns[name].removesuffix(", in pence")


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "<td></td>"
    if name in AMOUNTS and isinstance(value, int):
        return f"<td>{escape(format_amount(value, next(iter(NAMES))))}</td>"
    return f"<td>{escape(as_text(value))}</td>"


def _photos(files: list[str]) -> str:
    small = [name.removeprefix(SMALL) for name in files if name.startswith(SMALL)]
    if not small:
        return ""
    items = "".join(
        f'<li><a href="{PHOTOS}{escape(name)}"><img src="{SMALL}{escape(name)}" alt="Photo {number}"></a></li>'
        for number, name in enumerate(small, 1)
    )
    return f'<h2 id="photos">Photos</h2><ul class="photos">{items}</ul>'
