"""The chart of calibration says in numbers what its dots show."""

from xml.etree import ElementTree

from app.receipts.chart import calibration_svg

BANDS = [(0.5, 0.8, 4, 0.75), (0.95, 0.99, 25, 0.96)]
SVG = "{http://www.w3.org/2000/svg}"


def test_each_band_is_a_dot_with_its_numbers() -> None:
    chart = ElementTree.fromstring(calibration_svg("Calibration", {"total": BANDS, "date": BANDS[:1]}))
    words = [title.text for title in chart.iter(f"{SVG}title")]
    assert words[0] == "Calibration"
    assert words[1:3] == ["said 0.50 to 0.80: 0.750 of 4 right", "said 0.95 to 0.99: 0.960 of 25 right"]
    assert len(list(chart.iter(f"{SVG}circle"))) == 3


def test_what_was_always_right_stands_higher_than_what_was_not() -> None:
    chart = ElementTree.fromstring(calibration_svg("", {"total": [(0.5, 0.8, 4, 0.5), (0.8, 0.9, 4, 1.0)]}))
    low, high = (float(dot.attrib["cy"]) for dot in chart.iter(f"{SVG}circle"))
    assert high == 0 < low
