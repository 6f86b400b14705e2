"""The files for the phone: built once, named by version, in our colours, fetching nothing from elsewhere."""

import base64
import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from app.core.assets import (
    FIRST_ICONS,
    FOR_EVER,
    ON_REQUEST,
    STATIC,
    STATIC_IMPORT,
    STEPS,
    VENDOR,
    Assets,
    NotBuilt,
    takes,
)
from app.core.assets_build import NODE_MODULES, BuildError, bound, build, draw_icon, watcher, without_comments
from app.core.assets_colours import COLOUR, RULE, UnmappedColour, in_our_colours

MOST_MODULES = 35
MOST_START_BYTES = 60_000
# With page, style sheet, mark, sign-in and first answer of the sync these are 40 requests.
MOST_FIRST_MODULES = 35
ELSEWHERE = re.compile(r"(?:https?:)?//[\w.-]*(?:nhs\.uk|fonts\.g\w+\.com|cdn)[\w./-]*")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small app of its own, built from the locked packages."""
    static = tmp_path_factory.mktemp("app") / "static"
    shutil.copytree(STATIC / "css", static / "css")
    (static / "icons").mkdir()
    (static / "icons/icons.txt").write_text("# some\nhouse regular fill\nx bold\n")
    write(
        static / "js/main.js",
        'import { a } from "./core/a.js";\nconst later = () => import("./later.js");\n' + "a();\n" * 50,
    )
    write(
        static / "js/core/a.js",
        '/** @import {B} from "./unread.js" */\nimport { h } from "preact";\nexport const a = h;\n',
    )
    write(static / "js/later.js", "export const late = 1;\n")
    write(static / "sw.js", "self.addEventListener('fetch', () => {});\n")
    build(static, NODE_MODULES)
    return static


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the small app, to change."""
    return Path(shutil.copytree(built, tmp_path / "static"))


@pytest.fixture(scope="session")
def project_built() -> Assets:
    """The project's own files, built as bin/run builds them."""
    build()
    return Assets()


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_the_version_of_a_file_is_the_hash_of_its_bytes(built: Path) -> None:
    digest = hashlib.sha256((built / "js/main.js").read_bytes()).hexdigest()
    assert Assets(built).url("js/main.js") == f"/static/js/main.js?v={digest[:16]}"


def test_the_import_map_names_every_module_and_every_bare_name(built: Path) -> None:
    assets = Assets(built)
    imports = json.loads(assets.import_map_json())["imports"]
    assert imports["/static/js/core/a.js"] == assets.url("js/core/a.js")
    assert {name: imports[name] for name in VENDOR} == {name: assets.url(path) for name, path in VENDOR.items()}


def test_the_policy_names_the_hash_of_the_import_map_as_it_stands(built: Path) -> None:
    assets = Assets(built)
    digest = base64.b64encode(hashlib.sha256(assets.import_map_json().encode()).digest()).decode()
    assert assets.import_map_csp_hash() == f"'sha256-{digest}'"


def test_the_start_graph_follows_static_imports_and_no_others(built: Path) -> None:
    assert Assets(built).start_graph() == ["js/main.js", "js/core/a.js", "vendor/preact.js"]


def test_the_page_names_each_module_of_the_start_with_its_version(built: Path) -> None:
    assets = Assets(built)
    assert assets.start_urls() == [assets.url(path) for path in assets.start_graph()]


def test_a_changed_import_changes_what_the_page_names(own: Path) -> None:
    assets = Assets(own, watcher(own, NODE_MODULES))
    before = assets.start_urls()
    write(own / "js/core/a.js", "export const a = 1;\n")
    assert len(assets.start_urls()) == len(before) - 1


def test_the_page_brings_the_icons_of_the_first_sight_and_no_others(built: Path) -> None:
    assert re.findall(r'<symbol id="([^"]+)"', Assets(built).first_icons()) == ["house-fill"]


def test_each_icon_of_the_first_sight_stands_in_the_page(project_built: Assets) -> None:
    sheet = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "built/icons.svg").read_text()))
    code = "".join((STATIC / path).read_text() for path in ("js/parts/bare.js", "js/home/sums.js"))
    named = {name for name in re.findall(r'"([a-z][a-z-]+)"', code) if name in sheet}
    missing = {name for name in named if not {name, f"{name}-fill"} & set(FIRST_ICONS)}
    assert len(named) > 8
    assert missing == set()


def test_an_import_of_a_file_that_is_not_there_is_found(own: Path) -> None:
    write(own / "js/core/a.js", 'import "./lost.js";\n')
    with pytest.raises(KeyError, match="lost"):
        Assets(own).start_graph()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('import "./a.js";', ["./a.js"]),
        ("import {\n  a,\n  b,\n} from './a.js';", ["./a.js"]),
        ('export { a } from "./a.js";', ["./a.js"]),
        ('export * from "./a.js";', ["./a.js"]),
        ('import{a}from"preact";import"./b.js";', ["preact", "./b.js"]),
        ('const a = import("./a.js");', []),
        (' * @import {A} from "./a.js"', []),
        ('export const from = "./a.js";', []),
    ],
)
def test_static_imports_are_told_from_the_rest(line: str, names: list[str]) -> None:
    assert STATIC_IMPORT.findall(line) == names


def test_the_service_worker_keeps_every_file_at_its_version(built: Path) -> None:
    assets = Assets(built)
    first, _, rest = assets.worker_source().partition("\n")
    kept = json.loads(first.removeprefix("self.__MANIFEST = ").removesuffix(";"))
    assert kept == {"version": assets.manifest.version, "files": assets.precache_list()}
    assert assets.url("js/later.js") in kept["files"]
    assert rest == (built / "sw.js").read_text()


def test_what_is_fetched_on_request_only_is_versioned_but_not_kept_unasked(built: Path) -> None:
    assets = Assets(built)
    assert all(assets.url(path) not in assets.precache_list() for path in ON_REQUEST.values())
    assert all(path not in assets.import_map_json() for path in ON_REQUEST.values())
    served = assets.serve(ON_REQUEST["ort.wasm"], "br")
    assert served is not None
    assert served.headers["Content-Type"] == "application/wasm"
    assert served.file.stat().st_size < 3_000_000


def test_data_that_both_sides_share_is_a_module_for_the_phone(built: Path) -> None:
    shared = STATIC.parent / "receipts/reading/data/reading.json"
    text = (built / "built/reading.js").read_text().removeprefix("export default ").removesuffix(";\n")
    assert json.loads(text) == json.loads(shared.read_text())
    assert Assets(built).url("built/reading.js") in Assets(built).precache_list()


def test_another_worker_or_another_file_is_another_version(own: Path) -> None:
    before = Assets(own).manifest.version
    write(own / "sw.js", "// another\n")
    build(own, NODE_MODULES)
    between = Assets(own).manifest.version
    write(own / "js/later.js", "export const late = 2;\n")
    build(own, NODE_MODULES)
    assert len({before, between, Assets(own).manifest.version}) == 3


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_a_file_is_answered_in_the_smallest_form_the_client_takes(
    built: Path, accepted: str, encoding: str | None
) -> None:
    served = Assets(built).serve("js/main.js", accepted)
    assert served is not None
    assert served.headers.get("Content-Encoding") == encoding
    assert served.headers["Vary"] == "Accept-Encoding"


def test_the_packed_form_holds_the_same_bytes(built: Path) -> None:
    served = Assets(built).serve("js/main.js", "br")
    assert served is not None
    assert brotli.decompress(served.file.read_bytes()) == (built / "js/main.js").read_bytes()


def test_a_packed_module_has_no_comments_of_their_own_and_the_same_lines() -> None:
    text = "/** One.\n * @param {A} a\n */\nconst a = 1;\n  /** Two. */\nconst b = /** @type {B} */ (a);\n"
    text += "/** @type {C} */ (b).c = `\n/* no */`;\n"
    packed = without_comments(text)
    assert packed == "\n\n\nconst a = 1;\n\n" + text[text.index("const b") :]
    assert packed.count("\n") == text.count("\n")


def test_only_a_matching_version_is_kept_for_ever(built: Path) -> None:
    assets = Assets(built)
    version = assets.manifest.files["js/main.js"]
    answers = [assets.serve("js/main.js", "", asked) for asked in (version, "older", None)]
    assert [served and served.headers["Cache-Control"] for served in answers] == [FOR_EVER, "no-cache", "no-cache"]


@pytest.mark.parametrize(
    "path", ["../assets.py", "css/looks.css", "built/manifest.json", "sw.js", "js/none.js", "/etc/passwd"]
)
def test_nothing_is_answered_but_what_the_manifest_names(built: Path, path: str) -> None:
    assert Assets(built).serve(path) is None


def test_a_second_build_writes_nothing(own: Path) -> None:
    build(own, NODE_MODULES)
    assert build(own, NODE_MODULES) is False


def test_development_takes_a_changed_file_at_once(own: Path) -> None:
    assets = Assets(own, watcher(own, NODE_MODULES))
    before = assets.url("js/later.js")
    write(own / "js/later.js", "export const late = 'now';\n")
    assert assets.url("js/later.js") != before


def test_a_folder_that_was_never_built_says_how_to(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="bin/inhand assets build"):
        Assets(tmp_path).url("js/main.js")


def test_icons_are_symbols_by_name_and_form(built: Path) -> None:
    drawn = (built / "built/icons.svg").read_text()
    assert re.findall(r'<symbol id="([^"]+)"', drawn) == ["house", "house-fill", "x-bold"]
    assert drawn.count("<path") == 3


def test_an_icon_that_is_not_there_stops_the_build() -> None:
    with pytest.raises(BuildError, match="unicorn"):
        draw_icon(NODE_MODULES, "unicorn", "bold")


def test_a_picture_fetched_by_the_style_sheet_stops_the_build(own: Path) -> None:
    write(own / "css/planted.css", ".planted { background: url(planted.png); }")
    with pytest.raises(BuildError, match="planted"):
        build(own, NODE_MODULES)


def test_a_colour_without_a_token_stops_the_build() -> None:
    with pytest.raises(UnmappedColour, match="#123456"):
        in_our_colours(".nhsuk-planted { color: #123456 }")


def test_text_on_the_yellow_of_focus_stays_dark() -> None:
    css = in_our_colours("a:focus { background: #ffeb3b; color: #212b32 } p { color: #212b32 }")
    assert css == "a:focus { background: var(--focus); color: var(--act-ink) } p { color: var(--ink) }"


def test_every_colour_of_nhsuk_frontend_is_a_token_that_looks_has(built: Path) -> None:
    nhsuk = layer((built / "built/app.css").read_text(), "nhsuk")
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "css/looks.css").read_text()))
    values = [rule["body"] for rule in RULE.finditer(nhsuk)]
    assert len(values) > 300
    assert [body for body in values if COLOUR.search(body)] == []
    assert set(re.findall(r"var\((--(?!nhsuk|govuk|frontend)[\w-]+)", nhsuk)) - tokens == set()


def layer(css: str, name: str) -> str:
    """The text of one cascade layer of a compiled style sheet."""
    start = css.index(f"@layer {name}{{")
    return css[start : css.index("@layer tokens{", start)]


def test_the_layers_stand_in_their_order(built: Path) -> None:
    css = (built / "built/app.css").read_text()
    assert css.startswith("@layer nhsuk,tokens,base,bridge,parts,layout,modes;") or css.startswith(
        "@layer nhsuk, tokens"
    )
    assert css.index("@layer nhsuk{") < css.index("@layer tokens{")


def test_nothing_is_fetched_from_elsewhere(project_built: Assets) -> None:
    texts = [
        (STATIC / path).read_text(encoding="utf-8")
        for path in project_built.manifest.files
        if not path.endswith((".txt", ".png", ".webp", ".wasm"))
    ]
    assert len(texts) > 10
    assert [found for text in texts for found in ELSEWHERE.findall(text)] == []
    assert ELSEWHERE.search("url(https://assets.nhs.uk/fonts/f.woff2)")


def test_no_font_is_loaded_and_no_logo_is_there(project_built: Assets) -> None:
    css = (STATIC / "built/app.css").read_text()
    assert "@font-face" not in css
    assert "nhsuk-logo" not in css


def test_the_start_is_small(project_built: Assets) -> None:
    graph = project_built.start_graph()
    sizes = [len((STATIC / "built/packed" / f"{path}.gz").read_bytes()) for path in graph]
    assert len(graph) <= MOST_MODULES, graph
    assert sum(sizes) <= MOST_START_BYTES, dict(zip(graph, sizes, strict=True))


def test_a_first_opening_needs_few_modules_and_the_rest_is_named_too(project_built: Assets) -> None:
    start, first, rest = (project_built.start_urls(), *(project_built.step_urls(step) for step in STEPS))
    assert len(start) + len(first) <= MOST_FIRST_MODULES, [*start, *first]
    assert "js/home/first.js" in first[0]
    assert set(start) & {*first, *rest} == set()
    assert len(rest) > len(first)


def test_a_step_names_what_it_imports_beyond_the_start(own: Path) -> None:
    write(own / "js/whole.js", 'import { a } from "./core/a.js";\nimport { b } from "./b.js";\na(b);\n')
    write(own / "js/b.js", "export const b = 1;\n")
    build(own, NODE_MODULES)
    assets = Assets(own)
    assert assets.step_urls("rest") == [assets.url("js/whole.js"), assets.url("js/b.js")]
    assert assets.step_urls("first") == []


def test_the_page_names_the_modules_of_each_step(project_built: Assets, client: FlaskClient) -> None:
    page = client.get("/app/").get_data(as_text=True)
    for step in STEPS:
        named = re.search(f'<meta name="inhand-{step}" content="([^"]+)">', page)
        assert named
        assert named[1].split() == project_built.step_urls(step)


@pytest.mark.parametrize("path", ["/app/", "/sw.js"])
def test_the_page_and_the_worker_are_packed_and_kept(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get(path, headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert unpack(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 2
    again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Encoding" not in plain.headers


def test_a_file_opened_by_itself_can_do_nothing_and_a_worker_has_its_own_policy(client: FlaskClient) -> None:
    policy = client.get("/static/js/main.js").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    assert "script-src" in client.get("/static/js/receipts/ocr/worker.js").headers["Content-Security-Policy"]


def test_htm_stands_in_the_module_that_binds_it(built: Path) -> None:
    text = (built / "vendor/htm-preact.js").read_text()
    assert STATIC_IMPORT.findall(text) == ["preact", "preact"]
    assert "Map" in text


def test_a_package_that_binds_htm_in_another_way_stops_the_build() -> None:
    with pytest.raises(BuildError, match="htm"):
        bound(b'import htm from "htm";', NODE_MODULES)


def test_the_lock_files_hold_hashes_and_no_addresses(project: Path) -> None:
    python, node = (project / "requirements.lock").read_text(), (project / "package-lock.json").read_text()
    pins = re.findall(r"^[a-z0-9][^\n]*", python, re.MULTILINE)
    packages = [package for name, package in json.loads(node)["packages"].items() if name]
    assert all(pin.endswith("\\") for pin in pins)
    assert all("integrity" in package for package in packages)
    assert not re.search(r"https?://|file:|git\+", python + node)


@pytest.mark.parametrize(
    ("header", "takes_br"), [("br", True), ("*", True), ("*, br;q=0", False), ("BR ; q=1", True), ("brotli", False)]
)
def test_an_encoding_is_taken_as_the_standard_says(header: str, takes_br: bool) -> None:
    assert takes(header, "br") is takes_br
