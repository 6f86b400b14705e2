"""Scores the anonymiser on labelled texts and prints the table by which it is judged.

A file has one JSON object a line: {"id", "text", "spans": [[start, end, type], ...]}. A span counts as found only when
every character of it but white space is covered, by a span of whatever type: a wrongly typed removal still protects.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.peers.anonymise.engine import Anonymiser, ready
from app.peers.anonymise.spans import KINDS

DIRECT = ("PERSON", "CONTACT", "ID")
PUNCTUATION = re.compile(r"(?<!\w)[^\w\s@£#+/]|[^\w\s@£#+/](?!\w)")
"""Marks that end or part words; those inside a word, a number or an address belong to it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Counts:
    """Sums over texts; shares come out of `rows`."""

    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*KINDS, "lower"), 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*KINDS, "lower"), 0))
    touched: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*KINDS, "lower"), 0))
    texts: int = 0
    whole: int = 0
    clean: int = 0
    clean_touched: int = 0
    covered: int = 0
    right: int = 0

    def recall(self, kinds: Sequence[str] = KINDS) -> float | None:
        return share(sum(self.found[k] for k in kinds), sum(self.total[k] for k in kinds))


def share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def read_labelled(path: Path) -> list[Labelled]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    return [Labelled(line["text"], tuple((a, b, kind) for a, b, kind in line["spans"])) for line in lines]


def counted(engine: Anonymiser, texts: Iterable[Labelled]) -> Counts:
    counts = Counts()
    for item in texts:
        count_text(counts, item, [(s.start, s.end) for s in engine.spans(item.text)])
    return counts


def count_text(counts: Counts, item: Labelled, found: Iterable[tuple[int, int]]) -> None:
    covered = solid(item.text, found)
    labelled = solid(item.text, ((a, b) for a, b, _ in item.spans))
    counts.covered += len(covered)
    counts.right += len(covered & labelled)
    leaks = [not count_span(counts, item.text, span, covered) for span in item.spans]
    if item.spans:
        counts.texts += 1
        counts.whole += not any(leaks)
    else:
        counts.clean += 1
        counts.clean_touched += bool(covered)


def count_span(counts: Counts, text: str, span: tuple[int, int, str], covered: set[int]) -> bool:
    start, end, kind = span
    places = solid(text, [(start, end)])
    kinds = (kind, "lower") if kind == "PERSON" and text[start:end].islower() else (kind,)
    for name in kinds:
        counts.total[name] += 1
        counts.found[name] += places <= covered
        counts.touched[name] += bool(places & covered)
    return places <= covered


def solid(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The offsets inside the spans that are no white space."""
    return {i for a, b in spans for i in range(a, b) if not text[i].isspace()}


def unpunctuated(item: Labelled) -> Labelled:
    """The same text with every mark of punctuation as a space, so that offsets hold."""
    return Labelled(PUNCTUATION.sub(" ", item.text), item.spans)


def lowered(item: Labelled) -> Labelled:
    return Labelled("".join(c.lower() if len(c.lower()) == 1 else c for c in item.text), item.spans)


def raised(item: Labelled) -> Labelled:
    return Labelled("".join(c.upper() if len(c.upper()) == 1 else c for c in item.text), item.spans)


def rows(counts: Counts, seconds: float) -> list[tuple[str, str]]:
    """The table: what it is, and the figure."""
    one = [(name, said(counts.recall([kind]))) for name, kind in (
        ("people's names", "PERSON"), ("people's names in lower case", "lower"), ("contacts", "CONTACT"),
        ("identifiers", "ID"), ("places", "PLACE"), ("organisations", "ORG"), ("dates", "DATE"),
        ("rare, fully covered", "RARE"),
    )]  # fmt: skip
    touched = share(counts.touched["RARE"], counts.total["RARE"])
    return [
        *one,
        ("rare, touched", said(touched)),
        ("all spans", said(counts.recall())),
        ("direct identifiers", said(counts.recall(DIRECT))),
        ("texts with no leak at all", said(share(counts.whole, counts.texts))),
        ("precision by characters", said(share(counts.right, counts.covered))),
        ("clean texts touched", said(share(counts.clean_touched, counts.clean))),
        ("seconds per 150 words", f"{seconds:.3f}"),
    ]


def said(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.1f}"


def changes(engine: Anonymiser, texts: Sequence[Labelled], base: Counts) -> list[tuple[str, str]]:
    """How much recall is lost, in points, when the text is written otherwise."""
    found: list[tuple[str, str]] = []
    ways: dict[str, Callable[[Labelled], Labelled]] = {
        "all lower case": lowered, "all capitals": raised, "no punctuation": unpunctuated,
    }  # fmt: skip
    for name, way in ways.items():
        recall = counted(engine, map(way, texts)).recall()
        found.append((f"{name}: recall lost", said((base.recall() or 0.0) - (recall or 0.0))))
    return found


def measure(path: Path, with_changes: bool = False) -> list[tuple[str, str]]:
    """The table for one labelled file."""
    engine, texts = ready(), read_labelled(path)
    words = sum(len(item.text.split()) for item in texts)
    started = time.perf_counter()
    counts = counted(engine, texts)
    seconds = (time.perf_counter() - started) / max(1, words) * 150
    return [*rows(counts, seconds), *(changes(engine, texts, counts) if with_changes else [])]


def main(arguments: Sequence[str] = ()) -> int:
    """`bench.py [--json] [--changes] FILE...`: the table of each file."""
    words = list(arguments or sys.argv[1:])
    for path in (Path(w) for w in words if not w.startswith("--")):
        table: list[tuple[str, str]] = measure(path, "--changes" in words)
        if "--json" in words:
            answer: dict[str, Any] = {"bench": "anonymise", "file": path.name, **dict(table)}
            print(json.dumps(answer))
            continue
        print(path.name)
        for name, value in table:
            print(f"  {name:<32} {value:>7}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
