"""In the child: a photo as a small upright sRGB picture. Only pixels go over; nothing else can."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageCms

from app.core.files.child import PICTURE_SIDE, Drawn, NotDrawn
from app.core.files.limits import MOST_PIXELS, MOST_SIDE
from app.core.files.sniff import Kind, sniff

BAND_PIXELS = 1_000_000
_ORIENTATION_TAG = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Source:
    """Decoded pixels that can be read some rows at a time, so that no second full copy is ever made."""

    width: int
    height: int
    rows: Callable[[int, int], Image.Image]
    profile: bytes | None
    orientation: int


def draw(data: bytes) -> Drawn:
    """The photo in `data`: upright, at most about twice the picture's side, RGB."""
    kind = sniff(data)
    source = _open_heic(data) if kind is Kind.HEIC else _open(data, kind)
    picture = _in_srgb(_shrink(source), source.profile)
    turn = _UPRIGHT.get(source.orientation)
    return Drawn(picture.transpose(turn) if turn is not None else picture, pages=1)


def _open(data: bytes, kind: Kind) -> Source:
    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(io.BytesIO(data), formats=[kind.value.upper()])
    _check_size(image.size, kind)
    orientation = int(image.getexif().get(_ORIENTATION_TAG, 1))
    profile = image.info.get("icc_profile")
    scale = PICTURE_SIDE / max(image.size)
    if scale < 1:
        image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()

    def rows(top: int, bottom: int) -> Image.Image:
        return image.crop((0, top, image.width, bottom))

    return Source(image.width, image.height, rows, profile, orientation)


def _open_heic(data: bytes) -> Source:
    """libheif turns the picture upright itself and its EXIF orientation must then be left alone."""
    pillow_heif.options.DECODE_THREADS = 1
    image = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    _check_size(image.size, Kind.HEIC)
    width, height, mode = image.size[0], image.size[1], image.mode
    pixels, stride = memoryview(image.data), image.stride

    def rows(top: int, bottom: int) -> Image.Image:
        part = pixels[top * stride : bottom * stride]
        return Image.frombytes(mode, (width, bottom - top), part, "raw", mode, stride, 1)

    return Source(width, height, rows, image.info.get("icc_profile"), orientation=1)


def _check_size(size: tuple[int, int], kind: Kind) -> None:
    width, height = size
    if width * height > MOST_PIXELS[kind]:
        raise NotDrawn("pixels", -(-width * height // 1_000_000))
    if max(size) > MOST_SIDE:
        raise NotDrawn("side", max(size))


def _shrink(source: Source) -> Image.Image:
    """A new image with these pixels alone: Pillow hands on comments and profiles of the one it read."""
    factor = max(1, max(source.width, source.height) // PICTURE_SIDE)
    size = (-(-source.width // factor), -(-source.height // factor))
    step = max(1, BAND_PIXELS // source.width // factor) * factor
    canvas: Image.Image | None = None
    for top in range(0, source.height, step):
        band = _flat(source.rows(top, min(top + step, source.height)))
        if canvas is None:
            canvas = Image.new(band.mode, size)
        canvas.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    if canvas is None:
        raise NotDrawn("damaged")
    return canvas


def _flat(band: Image.Image) -> Image.Image:
    """Without transparency (on white, as paper is) and in one of two modes: RGB, or CMYK for its profile."""
    if band.mode in {"RGB", "CMYK"}:
        return band
    if band.has_transparency_data:
        paper = Image.new("RGB", band.size, "white")
        cut = band.convert("RGBA")
        paper.paste(cut, mask=cut.getchannel("A"))
        return paper
    return band.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the profile means them; a broken profile counts as none."""
    if not profile:
        return picture.convert("RGB")
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return changed or picture.convert("RGB")
