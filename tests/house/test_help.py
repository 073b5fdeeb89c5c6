"""Help: what is written in docs/use is what the product shows, and each page leads to the section that explains it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from markdown_it import MarkdownIt

from hubcraft.domain.verdict import NotThere
from hubcraft.web import handbook, help_places
from tests.access.addresses import routes
from tests.house.tree import CHECKOUT

USE = CHECKOUT / "docs" / "use"
TEXTS = sorted(USE.rglob("*.md"))
PAGES = {page.name: page for page in handbook.list_pages("en")}
TRANSLATED = sorted(path.stem for path in (USE / "es").glob("*.md"))
# Families whose addresses show people nothing to be explained.
WITHOUT = {
    "config.health": "machines ask it",
    "web.look": "for those who build",
    "api.reference": "for those who write programs; it explains itself",
}


def families(method: str = "") -> set[str]:
    """The modules in which an address of ours is read, as the table names them."""
    asked = (it.callback for it in routes().values() if not method or method in it.callback.methods)
    return {help_places.family_of(it.__module__) for it in asked if it.__module__.startswith("hubcraft.")}


def test_every_page_has_a_section_that_explains_it_or_a_reason():
    told = help_places.FAMILIES.keys() | WITHOUT.keys()
    assert families("GET") - told == set(), "name the section in src/hubcraft/web/help_places.py"


def test_no_section_is_named_for_a_page_that_is_gone():
    assert help_places.FAMILIES.keys() - families() == set()
    assert help_places.ADDRESSES.keys() - routes().keys() == set()


def test_every_section_that_pages_lead_to_exists():
    led_to = {**help_places.FAMILIES, **help_places.ADDRESSES}
    wrong = {}
    for place, section in led_to.items():
        name, _hash, anchor = section.partition("#")
        if name and (name not in PAGES or anchor not in PAGES[name].anchors):
            wrong[place] = section
    assert wrong == {}


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("/", "/help/start/#the-first-ten-minutes"),
        ("/join/", "/help/taking-part/#get-in"),
        ("/sign-in/", "/help/accounts/#sign-in"),
        ("/help/start/", "/help/"),
    ],
)
def test_help_on_top_of_a_page_leads_to_what_explains_it(db, address, section):
    page = Client().get(address).content.decode()
    assert re.findall(r'class="top-help" href="([^"]*)"', page)[-1] == section


def test_who_may_not_see_a_page_is_led_to_the_front(db):
    page = Client().get(f"/r/{'0' * 32}/lead/").content.decode()
    assert re.findall(r'class="top-help" href="([^"]*)"', page) == ["/help/"]


def test_help_names_every_page_in_the_order_of_need():
    page = Client().get("/help/").content.decode()
    listed = re.findall(r'href="/help/([\w-]+)/"', page.partition('id="pages"')[2])
    assert listed == list(PAGES)
    assert [name for name in handbook.ORDER if name in PAGES] == listed[: len(handbook.ORDER)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_help_is_a_page_of_ours(name):
    answer = Client().get(f"/help/{name}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r"<h1\b", page)) == 1
    assert f"<title>{PAGES[name].title} · Hubcraft</title>" in page.replace("&#x27;", "'")
    assert 'aria-current="page"' in page
    # What the policy would refuse is not written.
    assert not re.search(r"<script(?![^>]* src=)|\sstyle=|\son\w+=|src=\"https?:", page)


def test_what_is_not_in_the_folder_is_not_there():
    assert Client().get("/help/start/").status_code == 200
    for name in ("README", "../host/install", "..%2Fhost%2Finstall", "settings"):
        assert Client().get(f"/help/{name}/").status_code == 404
    assert Client().get("/help/pictures/../README.md").status_code == 404
    with pytest.raises(NotThere):
        handbook.get_page("../host/install", "en")


def test_a_link_of_help_opens_something_here():
    found = {
        name: [
            link
            for link in re.findall(r'href="([^"]*)"', page.html)
            if link.startswith("/") and not is_here(link)
        ]
        for name, page in PAGES.items()
    }
    assert {name: links for name, links in found.items() if links} == {}


def is_here(link: str) -> bool:
    path, _hash, anchor = link.partition("#")
    found = resolve(path.partition("?")[0])
    if found.url_name != "help-page":
        return found.url_name == "help-picture"
    name = found.kwargs["name"]
    return name in PAGES and (not anchor or anchor in PAGES[name].anchors)


def links_of(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inner = [token for line in tokens for token in line.children or ()]
    return [str(it.attrGet("href")) for it in inner if it.type == "link_open"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(USE).as_posix())
def test_a_link_of_the_folder_leads_to_a_file_and_a_heading(path: Path):
    wrong = []
    for link in links_of(path.read_text()):
        target, _hash, anchor = link.partition("#")
        if target.startswith("https://"):
            continue
        file = (path.parent / target).resolve() if target else path
        is_there = file.exists()
        if is_there and anchor:
            is_there = anchor in set(handbook.slugs(handbook.parse(file.read_text())))
        if not is_there:
            wrong.append(link)
    assert wrong == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_has_the_sections_of_what_it_translates(name):
    translated, original = handbook.get_page(name, "es"), PAGES[name]
    assert translated.language == "es" and translated.title != original.title
    assert translated.anchors == original.anchors
    assert f'id="{original.anchors[-1]}"' in translated.html
    # As deep, with the same tables, lists and pictures.
    for part in (r"<(h\d) id", r"<(t[hd])\b", r"<(li)\b", r'<img src="([^"]+)"', r'href="(/[^"#]*)'):
        assert re.findall(part, translated.html) == re.findall(part, original.html)


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_link_of_a_translation_opens_something_here(name):
    links = re.findall(r'href="(/[^"]*)"', handbook.get_page(name, "es").html)
    assert [link for link in links if not is_here(link)] == []


def test_what_leads_a_hub_is_told_in_spanish():
    assert {"lead", "prepare", "hub", "after", "who-sees-what", "letters", "taking-part"} <= set(TRANSLATED)


def test_in_another_language_a_page_says_that_it_is_in_english():
    spanish = Client(HTTP_ACCEPT_LANGUAGE="es")
    says = "Por ahora, esta página está en inglés."
    assert says in spanish.get("/help/plan/").content.decode()
    assert says not in spanish.get("/help/taking-part/").content.decode()
    assert says not in Client().get("/help/plan/").content.decode()


def test_markdown_of_help_brings_no_html_along(tmp_path):
    (tmp_path / "README.md").write_text(
        "# A <b>title</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](../host/mail.md) [z](plan.md#a)\n"
    )
    html = handbook.page_of(tmp_path, "start", "en").html
    assert "<script" not in html and "<b>" not in html
    assert re.findall(r'href="([^"]*)"', html) == ["/help/plan/#a"]
    assert "y" in html
