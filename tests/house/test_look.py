"""The look: every page of the look book renders, obeys the policy, and is light enough for a phone."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from hubcraft.web import assets, fonts, sample, sample_homes
from hubcraft.web.pages import look
from hubcraft.web.templatetags import ui

FIRST_LOAD = 100 * 1024
PAGES = look.pages()


def html(name):
    template, context, address = PAGES[name]
    return render_to_string(template, context, request=RequestFactory().get(address))


@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_heading_a_title_and_no_id_twice(name):
    page = html(name)
    visible = re.sub(r"<fieldset[^>]* hidden disabled>.*?</fieldset>", "", page, flags=re.DOTALL)
    assert len(re.findall(r"<h1\b", visible)) == 1
    assert re.search(r"<title>\s*\S+.* · Hubcraft</title>", page)
    assert [one for one, times in Counter(re.findall(r'\sid="([^"]+)"', page)).items() if times > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_offers_help_in_the_same_place(name):
    header = re.search(r"<header.*?</header>", html(name), flags=re.DOTALL).group()
    assert header.rindex('href="/help/') > header.rindex("class=")


@pytest.mark.parametrize("name", PAGES)
def test_every_live_region_is_a_partial_of_its_own(name):
    for identity, region in re.findall(
        r'<live-region[^>]*id="([^"]+)"[^>]*data-region="([^"]+)"', html(name)
    ):
        assert identity == f"region-{region}"


def test_every_component_is_in_the_look_book():
    book = get_template("look/book.html")
    source = Path(book.origin.name).read_text()
    shown = {"look": sample.look(), "home": sample_homes.parts(), "names": sorted(PAGES)}
    assert render_to_string("look/book.html", shown)
    made = {
        name for name in ui.register.tags if name not in {"asset", "assets", "help_place", "level_circles"}
    }
    assert {name for name in made if f"{{% {name} " not in source and f"{{% {name} %" not in source} == set()


def test_rating_page_is_light(tmp_path):
    record = assets.build(tmp_path)
    weight = len(gzip.compress(html("rate-first").encode()))
    weight += sum((tmp_path / f"{record[name]}.br").stat().st_size for name in ("css", "js"))
    faces = [
        face
        for face in fonts.FACES
        if face.style == "normal" and not (face.weight == 400 and "Serif" in face.family)
    ]
    weight += sum(next(tmp_path.glob(f"fonts/{face.name}.*.woff2")).stat().st_size for face in faces)
    assert weight <= FIRST_LOAD


def test_building_twice_changes_nothing(tmp_path):
    first = assets.build(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.woff2")}
    assert assets.build(tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.woff2")} == stamps
