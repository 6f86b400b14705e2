"""Typefaces from Debian packages, with a stated fallback when one is not installed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True)
class Face:
    """A typeface: its file's name, the Debian package that holds it, and what it is used for."""

    file: str
    package: str
    use: str
    pound: bool = True


FACES = {
    "inconsolata": Face("Inconsolata.otf", "fonts-inconsolata", "mono"),
    "3270": Face("3270-Regular.ttf", "fonts-3270", "mono"),
    "3270-condensed": Face("3270SemiCondensed-Regular.ttf", "fonts-3270", "mono"),
    "b612-mono": Face("B612Mono-Regular.otf", "fonts-b612", "mono"),
    "b612-mono-bold": Face("B612Mono-Bold.otf", "fonts-b612", "mono"),
    "free-mono-bold": Face("FreeMonoBold.ttf", "fonts-freefont-ttf", "mono"),
    "liberation-mono": Face("LiberationMono-Regular.ttf", "fonts-liberation", "mono"),
    "liberation-mono-bold": Face("LiberationMono-Bold.ttf", "fonts-liberation", "mono"),
    "courier-prime": Face("Courier Prime.otf", "fonts-courier-prime", "typewriter"),
    "courier-prime-bold": Face("Courier Prime Bold.otf", "fonts-courier-prime", "typewriter"),
    "clear-sans": Face("ClearSans-Regular.ttf", "fonts-clear-sans", "sans"),
    "clear-sans-bold": Face("ClearSans-Bold.ttf", "fonts-clear-sans", "sans"),
    "free-sans": Face("FreeSans.ttf", "fonts-freefont-ttf", "sans"),
    "free-sans-bold": Face("FreeSansBold.ttf", "fonts-freefont-ttf", "sans"),
    "narrow": Face("LiberationSansNarrow-Regular.ttf", "fonts-liberation", "sans"),
    "narrow-bold": Face("LiberationSansNarrow-Bold.ttf", "fonts-liberation", "sans"),
    "b612": Face("B612-Regular.otf", "fonts-b612", "sans"),
    "b612-bold": Face("B612-Bold.otf", "fonts-b612", "sans"),
    "free-serif": Face("FreeSerif.ttf", "fonts-freefont-ttf", "serif"),
    "free-serif-bold": Face("FreeSerifBold.ttf", "fonts-freefont-ttf", "serif"),
    "free-serif-italic": Face("FreeSerifBoldItalic.ttf", "fonts-freefont-ttf", "serif"),
    "breip": Face("Breip.ttf", "fonts-breip", "hand"),
    "dkg": Face("dkg.ttf", "fonts-dkg-handwriting", "hand"),
    "steve": Face("SteveHand.ttf", "fonts-sjfonts", "hand"),
    "rufscript": Face("Rufscript010.ttf", "fonts-rufscript", "hand", pound=False),
    "delphine": Face("Delphine.ttf", "fonts-sjfonts", "hand"),
    "dejavu-mono": Face("DejaVuSansMono.ttf", "fonts-dejavu-core", "mono"),
    "dejavu-mono-bold": Face("DejaVuSansMono-Bold.ttf", "fonts-dejavu-core", "mono"),
    "courier-code": Face("Courier Prime Code.otf", "fonts-courier-prime", "mono"),
    "courier-sans": Face("Courier Prime Sans.otf", "fonts-courier-prime", "mono"),
    "courier-sans-bold": Face("Courier Prime Sans Bold.otf", "fonts-courier-prime", "mono"),
    "liberation-sans": Face("LiberationSans-Regular.ttf", "fonts-liberation", "sans"),
    "liberation-sans-bold": Face("LiberationSans-Bold.ttf", "fonts-liberation", "sans"),
    "liberation-serif": Face("LiberationSerif-Regular.ttf", "fonts-liberation", "serif"),
    "liberation-serif-bold": Face("LiberationSerif-Bold.ttf", "fonts-liberation", "serif"),
}
PACKAGES = tuple(sorted({face.package for face in FACES.values()}))
BOLD = {
    "inconsolata": "b612-mono-bold",
    "3270": "b612-mono-bold",
    "3270-condensed": "liberation-mono-bold",
    "b612-mono": "b612-mono-bold",
    "liberation-mono": "liberation-mono-bold",
    "courier-prime": "courier-prime-bold",
    "clear-sans": "clear-sans-bold",
    "free-sans": "free-sans-bold",
    "narrow": "narrow-bold",
    "b612": "b612-bold",
    "free-serif": "free-serif-bold",
    "dejavu-mono": "dejavu-mono-bold",
    "courier-code": "courier-sans-bold",
    "courier-sans": "courier-sans-bold",
    "liberation-sans": "liberation-sans-bold",
    "liberation-serif": "liberation-serif-bold",
}


@dataclass(frozen=True)
class Found:
    """Where a face was found; `note` says in words what stands in for it when it is missing."""

    path: Path | None
    note: str | None


@cache
def font_files(roots: tuple[Path, ...]) -> dict[str, Path]:
    """Every font file below the roots, by file name."""
    kinds = {".ttf", ".otf"}
    return {
        path.name: path for root in roots if root.is_dir() for path in sorted(root.rglob("*")) if path.suffix in kinds
    }


@cache
def find(name: str, roots: tuple[Path, ...] = ROOTS) -> Found:
    """The face's file, or the nearest one of the same use, or Pillow's own face."""
    face, files = FACES[name], font_files(roots)
    if face.file in files:
        return Found(files[face.file], None)
    for other_name, other in FACES.items():
        if other.use == face.use and other.file in files:
            return Found(files[other.file], f"{name} missing ({face.package}): drawn with {other_name}")
    for spare in ("DejaVuSansMono.ttf", "DejaVuSans.ttf"):
        if spare in files:
            return Found(files[spare], f"{name} missing ({face.package}): drawn with {spare}")
    return Found(None, f"{name} missing ({face.package}): drawn with Pillow's own face")


@cache
def load(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The face at a size in pixels."""
    found = find(name)
    if found.path is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(found.path), size)


def bold_of(name: str) -> str:
    """The heavier face that goes with a face; itself when it has none."""
    return BOLD.get(name, name)


def notes_for(names: set[str]) -> list[str]:
    """What had to be replaced among the faces used, in words."""
    return sorted(note for name in names if (note := find(name).note))
