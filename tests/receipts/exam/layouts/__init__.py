"""Every layout of this exam by name."""

from ...blind.layouts import Layout
from . import handmade, outings, papers, tills, travel

LAYOUTS: dict[str, Layout] = {
    **tills.LAYOUTS,
    **travel.LAYOUTS,
    **outings.LAYOUTS,
    **papers.LAYOUTS,
    **handmade.LAYOUTS,
}
