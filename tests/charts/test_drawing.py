"""A chart becomes a picture that a strict page takes in, and files that stand alone."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

from hubcraft.charts.colours import PAPER
from hubcraft.charts.drawing import on_a_page, png_of, svg_of
from tests.charts.test_agreement import chart
from tests.house.test_contrast import linear, tokens

ROW = ((0, 2, 3, 0), "within-one-level", "Within one level")


def test_on_a_page_there_is_no_style_no_id_no_link_and_no_colour_but_tokens():
    for svg in on_a_page(chart(ROW, (None, "", "Too few."))):
        assert svg.startswith("<svg ")
        assert not re.search(
            r"\b(style|id|class|href|onload|font-family|aria-\w+|role)=|<(style|script|image)\b", svg
        )
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "transparent"}
        assert colours and all(re.fullmatch(r"var\(--[\w-]+\)", it) for it in colours)


def test_every_token_on_a_chart_is_one_that_pages_have():
    assert set(PAPER) <= set(tokens("light"))
    assert len(set(PAPER.values())) == len(PAPER)


def test_papers_colours_are_the_tokens():
    def hexed(token):
        shown = [12.92 * it if it <= 0.0031308 else 1.055 * it ** (1 / 2.4) - 0.055 for it in linear(token)]
        return [round(255 * it) for it in shown]

    light = tokens("light")
    for name, colour in PAPER.items():
        here = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert all(abs(a - b) <= 1 for a, b in zip(here, hexed(light[name]), strict=True)), name


def test_words_are_words():
    row = ((0, 2, 3, 0), "", "<script>alert(1)</script> & Co")
    for svg in on_a_page(chart(row)):
        assert "<script" not in svg and "&lt;script&gt;" in svg


def test_a_file_of_its_own_names_itself():
    root = ET.fromstring(svg_of(chart(ROW)))
    said = {it.tag.rpartition("}")[2]: it.text for it in root if it.text}
    assert said == {"title": "How far you agree", "desc": "Close."}
    assert "var(" not in svg_of(chart(ROW))


def test_a_picture_is_a_png_on_white():
    assert png_of(chart(ROW)).startswith(b"\x89PNG\r\n\x1a\n")


def test_what_draws_is_loaded_only_when_something_is_drawn():
    asked = (
        "import sys; import hubcraft.charts.drawing, hubcraft.charts.agreement;"
        "sys.exit(any(it in sys.modules for it in ('altair', 'vl_convert')))"
    )
    assert subprocess.run([sys.executable, "-c", asked], env={"PYTHONPATH": "src"}).returncode == 0
