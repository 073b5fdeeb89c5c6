"""Charts as pictures: for a page in the colours of its theme, to keep as SVG and PNG in those of paper."""

import json
import threading
import xml.etree.ElementTree as ET
from functools import lru_cache
from importlib.resources import files
from typing import Final

from hubcraft.charts.chart import NARROW, WIDE, Chart
from hubcraft.charts.colours import TOKENS
from hubcraft.charts.sheet import Spec

SVG: Final = "http://www.w3.org/2000/svg"
# What the drawing says of itself: one picture has one name, and its parts none.
SAID: Final = ("class", "role", "pointer-events", "stroke-miterlimit")
# Twice the size it has on a page: sharp in a document.
SCALE: Final = 2
TURN: Final = threading.Lock()


def on_a_page(chart: Chart) -> tuple[str, str]:
    """The chart for a wide place and for a narrow one: nothing in them but shapes, words and tokens."""
    # One at a time, so that whoever asks for the same meanwhile finds it drawn.
    with TURN:
        return (kept(json.dumps(chart.spec(WIDE))), kept(json.dumps(chart.spec(NARROW))))


@lru_cache(maxsize=128)
def kept(spec: str) -> str:
    """Drawn once for all who look at the same: a whole team opens its page in the same minute. No name is in it."""
    return on_theme(drawn(json.loads(spec)))


def svg_of(chart: Chart, *, is_alone: bool = True) -> str:
    """The chart as a file of its own, which says what it is; or as a part of one that does."""
    root = stripped(drawn(chart.spec(is_alone=is_alone)))
    for name, words in (("desc", chart.reading), ("title", chart.title)):
        said = ET.Element(f"{{{SVG}}}{name}")
        said.text = words
        root.insert(0, said)
    root.set("role", "img")
    return ET.tostring(root, encoding="unicode")


def png_of(chart: Chart, *, is_alone: bool = True) -> bytes:
    """The chart as a picture on white paper."""
    spec = chart.spec(is_alone=is_alone)
    spec["config"] = {**spec["config"], "background": "white"}
    png: bytes = converter().vegalite_to_png(spec, scale=SCALE)
    return png


def drawn(spec: Spec) -> str:
    """The picture in paper's colours."""
    svg: str = converter().vegalite_to_svg(spec)
    return svg


@lru_cache(maxsize=1)
def converter():  # type: ignore[no-untyped-def]  # vl-convert tells no types
    """What draws, with the typeface of our pages."""
    import vl_convert

    vl_convert.register_font_directory(str(files("font_source_sans_pro") / "files"))
    return vl_convert


def on_theme(svg: str) -> str:
    """The same for a page: its colours are tokens, its typeface is the page's, and the page says what it is."""
    root = stripped(svg)
    for it in root.iter():
        it.tag = it.tag.removeprefix(f"{{{SVG}}}")
        it.attrib.pop("font-family", None)
        for name in ("fill", "stroke"):
            if it.get(name) in TOKENS:
                it.set(name, TOKENS[it.attrib[name]])
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    return ET.tostring(root, encoding="unicode")


def stripped(svg: str) -> ET.Element:
    """Only what is seen: without Vega's frames and without what it says to screen readers of each part."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314  (just drawn by ourselves)
    for parent in list(root.iter()):
        for it in list(parent):
            is_frame = it.get("class") in ("background", "foreground")
            if is_frame or it.get("display") == "none":
                parent.remove(it)
    for it in root.iter():
        for name in [it for it in it.attrib if it in SAID or it.startswith("aria-")]:
            del it.attrib[name]
    return root
