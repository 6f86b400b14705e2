"""Whether a text may say that somebody is not safe: pure. A find shows help and tells moderators."""

import re
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "harm.txt"


def speaks_of_harm(text: str) -> bool:
    """Whether any pattern of `data/harm.txt` stands in the text."""
    return bool(_pattern().search(text.lower().replace("\u2019", "'")))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")))
