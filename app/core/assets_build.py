"""Build the files for the phone: modules from the locked packages, one style sheet, one sheet of icons.

Needs Node and node_modules, so it runs when Inhand is set up or packed, never when it serves. It writes
`static/vendor/` and `static/built/`, there also `manifest.json` and every file packed as `.br` and `.gz`.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess  # nosec B404 # each call passes a list, never a shell's line
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import brotli

from app.core.assets import ENCODINGS, MANIFEST, ON_REQUEST, STATIC, TYPES, VENDOR, packed_form
from app.core.assets_colours import in_our_colours

NODE_MODULES = STATIC.parent.parent / "node_modules"
SOURCES = {
    "preact": "preact/dist/preact.mjs",
    "preact/hooks": "preact/hooks/dist/hooks.mjs",
    "htm/preact": "htm/preact/index.module.js",
    "@preact/signals": "@preact/signals/dist/signals.module.js",
    "@preact/signals-core": "@preact/signals-core/dist/signals-core.module.js",
}
# htm, written into the module that binds it to Preact: one file fewer to ask for.
BOUND, BINDING = "htm/dist/htm.module.js", ("htm/preact", 'import e from"htm";')
LATER_SOURCES = {
    "ort.js": "onnxruntime-web/dist/ort.wasm.bundle.min.mjs",
    "ort.wasm": "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
}
# Data that server and phone share: a module for the phone, so that the import map names its version.
SHARED_DATA = {"built/reading.js": STATIC.parent / "receipts" / "reading" / "data" / "reading.json"}
OWNERS = (
    "preact",
    "htm",
    "@preact/signals",
    "@preact/signals-core",
    "nhsuk-frontend",
    "@phosphor-icons/core",
    "onnxruntime-web",
)
# Above this size the last few hundredths of Brotli would take minutes.
LARGE = 1_000_000
LAYERS = "@layer nhsuk, tokens, base, bridge, parts, layout, modes;\n"
ICON_KINDS = ("regular", "bold", "fill")
# What is built from, answered elsewhere, or about the rest: a phone asks for none of it under /static/.
NOT_ASKED_FOR = ("css/", "icons/icons.txt", "sw.js", "built/packed/", MANIFEST)
PICTURES = (".png", ".webp", ".ico")
# A comment on lines of its own. `/** @type */ (x)` has code behind it and stays.
COMMENT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)


class BuildError(Exception):
    """A sentence about what is missing or wrong in the sources."""


def build(static: Path = STATIC, node_modules: Path = NODE_MODULES) -> bool:
    """Build what has changed since the last time. Returns whether anything was written."""
    if not node_modules.is_dir():
        raise BuildError("node_modules is missing. bin/run and bin/test install it.")
    whole, now = static / MANIFEST, fingerprint([*source_files(static), *SHARED_DATA.values()], node_modules)
    if (static / "vendor").is_dir() and stamp_of(whole) == now:
        return False
    copy_vendor(static, node_modules)
    for path, data in SHARED_DATA.items():
        write(static / path, b"export default " + data.read_bytes().strip() + b";\n")
    for name, folder, make in (("app.css", "css", compile_css), ("icons.svg", "icons", draw_icons)):
        target, sources = static / "built" / name, fingerprint(source_files(static / folder), node_modules)
        if stamp_of(target) != sources:
            write(target, make(static, node_modules).encode())
            write(stamp_for(target), sources.encode())
    write_manifest(static)
    write(stamp_for(whole), now.encode())
    return True


def stamp_for(target: Path) -> Path:
    """The file beside a built one that tells what it was built from."""
    return target.with_name(f".{target.name}.from")


def stamp_of(target: Path) -> str:
    """What a built file was built from; empty where it is not there."""
    stamp = stamp_for(target)
    return stamp.read_text() if target.exists() and stamp.exists() else ""


def watcher(static: Path = STATIC, node_modules: Path = NODE_MODULES) -> Callable[[], bool]:
    """For development: a function that rebuilds when a source's time or size differs from its last call."""
    seen: list[frozenset[tuple[str, int, int]]] = []

    def refresh() -> bool:
        states = ((path, path.stat()) for path in [*source_files(static), *SHARED_DATA.values()])
        now = frozenset((str(path), state.st_mtime_ns, state.st_size) for path, state in states)
        if seen == [now]:
            return False
        seen[:] = [now]
        return build(static, node_modules)

    return refresh


def source_files(static: Path) -> list[Path]:
    """Everything under static that people write, in a fixed order."""
    made = (static / "built", static / "vendor")
    files = (path for path in static.rglob("*") if path.is_file())
    return sorted(path for path in files if not any(path.is_relative_to(folder) for folder in made))


def fingerprint(sources: list[Path], node_modules: Path) -> str:
    """Changes with any of these files, this builder, or any of the packages that are copied or compiled."""
    digest = hashlib.sha256()
    versions = [node_modules / name / "package.json" for name in (*OWNERS, "sass")]
    builders = sorted(Path(__file__).parent.glob("assets*.py"))
    for path in [*sources, *builders, *versions]:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def copy_vendor(static: Path, node_modules: Path) -> None:
    """Each module under the name the import map gives it, and the licences of all in one file."""
    for name, source in SOURCES.items():
        content = without_map((node_modules / source).read_bytes())
        write(static / VENDOR[name], bound(content, node_modules) if name == BINDING[0] else content)
    for name, source in LATER_SOURCES.items():
        content = (node_modules / source).read_bytes()
        write(static / ON_REQUEST[name], without_map(content) if name.endswith(".js") else content)
    licences = (f"== {owner} ==\n\n{licence_of(node_modules / owner)}\n" for owner in OWNERS)
    write(static / "vendor" / "licences.txt", "\n".join(licences).encode())


def bound(binding: bytes, node_modules: Path) -> bytes:
    """htm's binding to Preact with htm itself in it. Raises `BuildError` where either is not as it is known."""
    htm, line, opening = (node_modules / BOUND).read_text(encoding="utf-8"), BINDING[1], "export default function("
    text = binding.decode()
    if htm.count(opening) != 1 or htm.count("export") != 1 or text.count(line) != 1:
        raise BuildError("htm is put together in another way than before: see bound() in app/core/assets_build.py.")
    return text.replace(line, f"const e=(()=>{{{htm.replace(opening, 'return function(')}}})();").encode()


def without_map(content: bytes) -> bytes:
    """A module without the line that names its source map, which is not served."""
    return SOURCE_MAP.sub("", content.decode()).encode()


def licence_of(package: Path) -> str:
    """The licence text that came with a package, or its name where the package brings no text."""
    found = sorted(package.glob("LICEN[CS]E*"))
    if found:
        return found[0].read_text(encoding="utf-8").strip()
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    return f"Licence: {about['license']}"


def compile_css(static: Path, node_modules: Path) -> str:
    """nhsuk-frontend's parts in our colours in the weakest layer, then our own sheets, looks first."""
    own = sorted((static / "css").glob("*.css"), key=lambda path: (path.name != "looks.css", path.name))
    nhsuk = run_sass(node_modules, static / "css" / "nhsuk.scss")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "app.css"
        ours = "\n".join(path.read_text(encoding="utf-8") for path in own)
        whole.write_text(f"{LAYERS}@layer nhsuk {{{in_our_colours(nhsuk)}}}\n{ours}", encoding="utf-8")
        css = run_sass(node_modules, whole, "--style=compressed")
    if fetched := re.findall(r"(?:url\(|@import)[^;})]*", css):
        raise BuildError(f"The style sheet may fetch nothing, but has: {fetched[0]}")
    return css


def run_sass(node_modules: Path, source: Path, *options: str) -> str:
    """Compile one file. Raises `BuildError` with Sass's own words."""
    command = [
        find_node(),
        str(node_modules / "sass" / "sass.js"),
        "--no-source-map",
        "--no-charset",
        *options,
    ]
    command += ["--load-path", str(node_modules), "--quiet-deps", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # nosec B603 # a list of our own
    if done.returncode:
        raise BuildError(f"Sass could not compile {source.name}:\n{done.stderr}")
    return done.stdout


def find_node() -> str:
    """Node from the system, or the one in this Python's own environment."""
    places = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    found = shutil.which("node", path=places)
    if found is None:
        raise BuildError("Node is missing. bin/run and bin/test install it.")
    return found


def draw_icons(static: Path, node_modules: Path) -> str:
    """One sheet of symbols from icons.txt: `house` is the regular form, then `house-bold`, `house-fill`."""
    lines = (static / "icons" / "icons.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    symbols = (draw_icon(node_modules, name, kind) for name, *kinds in wanted for kind in kinds)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def draw_icon(node_modules: Path, name: str, kind: str) -> str:
    """One icon of Phosphor as a symbol. Raises `BuildError` for a name or kind it does not have."""
    file = name if kind == "regular" else f"{name}-{kind}"
    path = node_modules / "@phosphor-icons" / "core" / "assets" / kind / f"{file}.svg"
    if kind not in ICON_KINDS or not path.exists():
        raise BuildError(f"icons.txt asks for {name} {kind}, which Phosphor does not have.")
    drawing = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", path.read_text(encoding="utf-8"))
    return f'<symbol id="{file}" viewBox="0 0 256 256">{drawing}</symbol>'


def write_manifest(static: Path) -> None:
    """Hash and pack every file a phone may ask for, then name them all in one manifest."""
    packer = hash_of(Path(__file__).read_bytes())
    before = packed_before(static, packer)
    files = {path: hash_of((static / path).read_bytes()) for path in asked_for(static)}
    for path, known in files.items():
        pack(static, path, unchanged=before.get(path) == known)
    worker = static / "sw.js"
    whole = json.dumps(files, sort_keys=True).encode() + (worker.read_bytes() if worker.exists() else b"")
    manifest = {"version": hash_of(whole), "packer": packer, "files": files}
    write(static / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())


def packed_before(static: Path, packer: str) -> dict[str, str]:
    """The hashes of what this very builder packed the last time."""
    path = static / MANIFEST
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return dict(found["files"]) if found.get("packer") == packer else {}


def asked_for(static: Path) -> list[str]:
    """The paths below static that go into the manifest."""
    files = (path for path in static.rglob("*") if path.is_file() and path.suffix in TYPES)
    paths = (path.relative_to(static).as_posix() for path in files)
    return sorted(path for path in paths if not path.startswith(NOT_ASKED_FOR))


def hash_of(content: bytes) -> str:
    """The first 16 hex digits of the SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def pack(static: Path, path: str, *, unchanged: bool) -> None:
    """Write the packed forms of a file, of our own modules without their comments. A picture is packed already."""
    targets = [packed_form(static, path, suffix) for _, suffix in ENCODINGS]
    if path.endswith(PICTURES) or (unchanged and all(target.exists() for target in targets)):
        return
    content = (static / path).read_bytes()
    if path.startswith("js/"):
        content = without_comments(content.decode()).encode()
    write(targets[0], brotli.compress(content, quality=5 if len(content) > LARGE else 11, lgwin=24))
    write(targets[1], gzip.compress(content, mtime=0))


def without_comments(text: str) -> str:
    """A module without the comments that stand on lines of their own. Every line keeps its number."""
    return COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def write(path: Path, content: bytes) -> None:
    """Write a file in one step: a server that answers meanwhile sees the old one or the new one whole."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def main() -> None:
    """Build and say so: `python -m app.core.assets_build`."""
    try:
        written = build()
    except BuildError as error:
        sys.exit(str(error))
    print("The files for the phone are built." if written else "The files for the phone are up to date.")


if __name__ == "__main__":
    main()
