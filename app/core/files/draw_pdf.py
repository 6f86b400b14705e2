"""In the child: the first page of a PDF as a picture."""

from importlib import import_module
from math import isfinite
from typing import Any

from app.core.files.child import PICTURE_SIDE, Drawn, NotDrawn
from app.core.files.limits import MOST_PAGES

_pdfium: Any = import_module("pypdfium2")  # it comes without types
_PASSWORD = 4
"""FPDF_ERR_PASSWORD (fpdfview.h)."""


def draw(data: bytes) -> Drawn:
    """Page 1 in RGB with its longest side at `PICTURE_SIDE`; the page count of the whole."""
    document = _open(data)
    pages = len(document)
    if pages == 0:
        raise NotDrawn("no-pages")
    if pages > MOST_PAGES:
        raise NotDrawn("pages", pages)
    document.init_forms()
    page = document[0]
    longest = max(page.get_size())
    if not isfinite(longest) or longest < 1:
        raise NotDrawn("no-pages")
    bitmap = page.render(scale=PICTURE_SIDE / longest, rev_byteorder=True, may_draw_forms=True)
    return Drawn(bitmap.to_pil().convert("RGB"), pages)


def _open(data: bytes) -> Any:
    try:
        return _pdfium.PdfDocument(data)
    except _pdfium.PdfiumError as error:
        raise NotDrawn("locked" if error.err_code == _PASSWORD else "damaged-pdf") from error
