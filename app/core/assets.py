"""The files the phone runs: their versions, the import map, and how each is answered.

`app.core.assets_build` writes them and a manifest `{path: hash}`. A path with its own `?v=HASH` may be kept
for ever; modules keep their relative imports, because the import map names the version of every one.
"""

import base64
import functools
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "static"
PREFIX = "/static/"
MANIFEST = "built/manifest.json"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
# Licences, and the screenshots that a browser shows before it installs the app.
NOT_KEPT = (".txt", ".webp")
# What a bare import names. assets_build copies each from the locked packages under this name.
VENDOR = {
    "preact": "vendor/preact.js",
    "preact/hooks": "vendor/preact-hooks.js",
    "htm/preact": "vendor/htm-preact.js",
    "@preact/signals": "vendor/signals.js",
    "@preact/signals-core": "vendor/signals-core.js",
}
# What only those who ask for it get: it is copied and versioned with the rest, but no phone keeps it unasked.
ON_REQUEST = {"ort.js": "vendor/ort.js", "ort.wasm": "vendor/ort.wasm"}
LATER = frozenset(ON_REQUEST.values())
# What Home's first sight draws. These stand in the page itself; all others come from one sheet, later.
FIRST_ICONS = (
    "house-fill",
    "clipboard-text",
    "lightbulb",
    "wallet",
    "dots-three-circle",
    "caret-down-bold",
    "check-circle-bold",
    "device-mobile-bold",
    "wifi-slash-bold",
    "warning-circle-bold",
    "camera-bold",
    "check-bold",
)
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
# What is loaded after the start: on a phone that holds nothing yet before the money is painted; then the whole app.
STEPS = {"first": ("js/home/first.js", "js/core/net.js"), "rest": ("js/whole.js",)}
# Static imports at the start of a line or of a statement; `import(...)` is dynamic and not counted.
STATIC_IMPORT = re.compile(
    r"""(?:^|;)[ \t]*(?:import[ \t]*|(?:import|export)\b[^;'"()=]*?\bfrom[ \t\n]*)["']([^"']+)["']""",
    re.MULTILINE,
)


class NotBuilt(Exception):
    """The files for the phone were never built here."""


@dataclass(frozen=True)
class Manifest:
    """The hash of every file by its path below /static/, and one version for all of them together."""

    version: str
    files: dict[str, str]


@dataclass(frozen=True)
class Served:
    """One file as it is answered: which file to send and with what headers."""

    file: Path
    headers: dict[str, str]


class Assets:
    """The built files of one folder.

    `refresh` is called before each reading of the manifest and says whether it wrote a new one: development
    passes a function that rebuilds what has changed, production none.
    """

    def __init__(self, folder: Path = STATIC, refresh: Callable[[], bool] | None = None) -> None:
        self.folder = folder
        self._refresh = refresh
        self._manifest: Manifest | None = None
        self._import_map = ""
        self._steps: dict[str, list[str]] = {}
        self._first_icons = ""

    @property
    def manifest(self) -> Manifest:
        """What is built. Raises `NotBuilt`."""
        if self._refresh is not None and self._refresh():
            self._manifest = None
        if self._manifest is None:
            self._manifest = load_manifest(self.folder)
            self._import_map, self._steps, self._first_icons = "", {}, ""
        return self._manifest

    def check(self) -> None:
        """Say at the start, not at the first page, that nothing was built. Raises `NotBuilt`."""
        _ = self.manifest

    def url(self, path: str) -> str:
        """The address of a file such as `built/app.css`, with its version. Raises `KeyError`."""
        return f"{PREFIX}{path}?v={self.manifest.files[path]}"

    def import_map_json(self) -> str:
        """The import map, exactly as it stands in the page: its hash is part of the policy."""
        files = self.manifest.files
        if not self._import_map:
            modules = {PREFIX + path: self.url(path) for path in files if path.endswith(".js") and path not in LATER}
            bare = {name: self.url(path) for name, path in VENDOR.items() if path in files}
            self._import_map = json.dumps({"imports": bare | modules}, separators=(",", ":"), sort_keys=True)
        return self._import_map

    def import_map_csp_hash(self) -> str:
        """The source expression that lets this very import map stand in a page: `'sha256-...'`."""
        digest = hashlib.sha256(self.import_map_json().encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    def start_graph(self, entry: str = "js/main.js") -> list[str]:
        """Every module that loads before the first screen. Raises `KeyError` for one that is not there."""
        found: dict[str, None] = {}
        waiting = [entry]
        while waiting:
            path = waiting.pop(0)
            if path not in found:
                found[path] = None
                text = (self.folder / path).read_text(encoding="utf-8")
                waiting += [resolve(name, path, self.manifest.files) for name in STATIC_IMPORT.findall(text)]
        return list(found)

    def start_urls(self) -> list[str]:
        """The addresses of what loads before the first screen. The page names all, so that none waits to be found."""
        return self._urls("start", self.start_graph)

    def step_urls(self, step: str) -> list[str]:
        """The addresses of what a step of `STEPS` loads beyond the start. The page names all of these too."""
        return self._urls(step, lambda: self._beyond_the_start(STEPS[step]))

    def _beyond_the_start(self, entries: tuple[str, ...]) -> list[str]:
        known = [entry for entry in entries if entry in self.manifest.files]
        found = dict.fromkeys(path for entry in known for path in self.start_graph(entry))
        start = set(self.start_graph())
        return [path for path in found if path not in start]

    def _urls(self, step: str, graph: Callable[[], list[str]]) -> list[str]:
        manifest = self.manifest
        if step not in self._steps:
            self._steps[step] = [self.url(path) for path in graph() if path in manifest.files]
        return self._steps[step]

    def first_icons(self) -> str:
        """The symbols of `FIRST_ICONS`, to stand in the page."""
        _ = self.manifest
        if not self._first_icons:
            sheet = (self.folder / "built/icons.svg").read_text(encoding="utf-8")
            found = {symbol[1]: symbol[0] for symbol in SYMBOL.finditer(sheet)}
            self._first_icons = "".join(found[name] for name in FIRST_ICONS if name in found)
        return self._first_icons

    def precache_list(self) -> list[str]:
        """What the service worker keeps: every tab opens without signal. Not what is asked for, nor texts."""
        kept = (path for path in sorted(self.manifest.files) if path not in LATER and not path.endswith(NOT_KEPT))
        return [self.url(path) for path in kept]

    def worker_source(self) -> str:
        """The text of /sw.js: our worker after the list of what it keeps. A new build is a new text."""
        kept = {"version": self.manifest.version, "files": self.precache_list()}
        worker = (self.folder / "sw.js").read_text(encoding="utf-8")
        return f"self.__MANIFEST = {json.dumps(kept, separators=(',', ':'))};\n{worker}"

    def serve(self, path: str, accept_encoding: str = "", version: str | None = None) -> Served | None:
        """How to answer `/static/PATH?v=VERSION`: the smallest form the client takes. None: no such file.

        Only what stands in the manifest is answered, so no path leads out of the folder.
        """
        known = self.manifest.files.get(path)
        if known is None:
            return None
        file = self.folder / path
        headers = {
            "Content-Type": TYPES.get(file.suffix, "application/octet-stream"),
            "Cache-Control": FOR_EVER if version == known else ASK_EACH_TIME,
            "Vary": "Accept-Encoding",
            "ETag": f'"{known}"',
        }
        for encoding, suffix in ENCODINGS:
            packed = packed_form(self.folder, path, suffix)
            if takes(accept_encoding, encoding) and packed.exists():
                return Served(packed, headers | {"Content-Encoding": encoding, "ETag": f'"{known}-{encoding}"'})
        return Served(file, headers)


def load_manifest(folder: Path = STATIC) -> Manifest:
    """Read what the last build wrote. Raises `NotBuilt`."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotBuilt("The files for the phone are not built. Run: bin/inhand assets build") from None
    return Manifest(version=found["version"], files=found["files"])


def packed_form(folder: Path, path: str, suffix: str) -> Path:
    """Where the packed form of a file stands."""
    return folder / "built" / "packed" / (path + suffix)


def pack_text(text: str, accept_encoding: str) -> tuple[bytes, dict[str, str]]:
    """A page that is the same for everyone, in the smallest form the client takes, and the headers that say so."""
    encoding = next((name for name, _ in ENCODINGS if takes(accept_encoding, name)), "")
    content, tag = _packed(text, encoding)
    headers = {"Vary": "Accept-Encoding", "ETag": f'"{tag}-{encoding}"' if encoding else f'"{tag}"'}
    return content, headers | ({"Content-Encoding": encoding} if encoding else {})


@functools.lru_cache(maxsize=8)
def _packed(text: str, encoding: str) -> tuple[bytes, str]:
    content = text.encode()
    tag = hashlib.sha256(content).hexdigest()[:16]
    if encoding == "br":
        return brotli.compress(content), tag
    return (gzip.compress(content, mtime=0) if encoding == "gzip" else content), tag


def resolve(name: str, importer: str, known: dict[str, str]) -> str:
    """The path of the module that an import names. Raises `KeyError` where a browser would not find it."""
    if name in VENDOR:
        path = VENDOR[name]
    elif name.startswith("."):
        parts = importer.split("/")[:-1]
        for part in name.split("/"):
            parts = parts[:-1] if part == ".." else parts if part == "." else [*parts, part]
        path = "/".join(parts)
    else:
        path = name.removeprefix(PREFIX)
    if path not in known:
        raise KeyError(f"{importer} imports {name}, which is not among the files for the phone.")
    return path


def takes(accept_encoding: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header takes an encoding (RFC 9110, 12.5.3): by name or `*`, without q=0."""
    offers: dict[str, str] = {}
    for offer in accept_encoding.lower().split(","):
        name, _, weight = offer.strip().partition(";")
        offers[name.strip()] = weight.replace(" ", "")
    asked = offers.get(encoding, offers.get("*"))
    return asked is not None and not re.fullmatch(r"q=0(\.0*)?", asked)
