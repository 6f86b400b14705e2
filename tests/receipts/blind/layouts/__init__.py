"""Every layout by name. A layout takes its own random source and returns a flat picture with its truth."""

from collections.abc import Callable
from random import Random

from ..truth import Made
from . import handmade, letters, outings, shops, slips

Layout = Callable[[Random], Made]
LAYOUTS: dict[str, Layout] = {
    **shops.LAYOUTS,
    **outings.LAYOUTS,
    **slips.LAYOUTS,
    **letters.LAYOUTS,
    **handmade.LAYOUTS,
}
