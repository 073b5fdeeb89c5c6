"""The handbook's pictures: each that is named is there and told in words, none is left over, all are small."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from markdown_it import MarkdownIt

from hubcraft.web import handbook
from tests.house.tree import CHECKOUT
from tests.pictures import film, webp
from tests.pictures.demo import SEEDED

USE = CHECKOUT / "docs" / "use"
FOLDER = USE / "pictures"
FILM = "walk-through-film.webp"
TEXTS = [CHECKOUT / "README.md", *sorted(USE.rglob("*.md"))]
PICTURES = 3 * 1024 * 1024
MOVING = 5 * 1024 * 1024


def shown_in(path: Path) -> list[tuple[Path, str]]:
    """Each picture that a text shows, with the words for whoever does not see it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text())
    inner = [token for line in tokens for token in line.children or ()]
    return [
        ((path.parent / str(it.attrGet("src"))).resolve(), it.content) for it in inner if it.type == "image"
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_picture_is_there_and_told_in_words(path):
    shown = shown_in(path)
    assert [picture.name for picture, _words in shown if not picture.is_file()] == []
    assert [picture.name for picture, words in shown if len(words) < 20] == []


def test_no_picture_is_left_over():
    shown = {picture.name for path in TEXTS for picture, _words in shown_in(path)}
    assert {path.name for path in FOLDER.iterdir()} == shown | {FILM}
    assert f"pictures/{FILM}" in (USE / "walk-through.md").read_text()


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert sizes.pop(FILM) < MOVING
    assert sum(sizes.values()) < PICTURES


def test_the_film_has_the_scenes_of_the_page_and_stops_at_its_end():
    scenes = film.scenes((USE / "walk-through.md").read_text())
    parts = list(webp.chunks((FOLDER / FILM).read_bytes()))
    frames = [content for name, content in parts if name == b"ANMF"]
    # Each frame is shown as long as its words take to be read, so other words are another film.
    assert [int.from_bytes(it[12:15], "little") for it in frames] == [it.milliseconds for it in scenes]
    assert [content[4:6] for name, content in parts if name == b"ANIM"] == [b"\1\0"]
    assert 100 <= sum(it.milliseconds for it in scenes) / 1000 <= 150


def test_help_shows_stills_and_plays_nothing_by_itself():
    page = Client().get("/help/walk-through/").content.decode()
    assert f'href="/help/pictures/{FILM}?' in page
    assert f'src="/help/pictures/{FILM}' not in page and "<video" not in page


def test_help_brings_each_picture_with_its_size():
    page = Client().get("/help/lead/").content.decode()
    found = re.findall(r'<img src="([^"]+)" alt="[^"]+" width="(\d+)" height="(\d+)" loading="lazy">', page)
    assert len(found) == len(re.findall("<img", page)) == len(shown_in(USE / "lead.md"))
    # Pressed, it opens alone, as large as it is.
    assert re.findall(r'<a href="([^"]+)"><img', page) == [it[0] for it in found]
    address, width, height = found[0]
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert handbook.size_of(answer.content) == (int(width), int(height))
    assert Client().get(address.partition("?")[0])["Cache-Control"] == "no-store"
    assert set(handbook.list_pictures(settings.HANDBOOK)) == {path.name for path in FOLDER.iterdir()}


def drawn(*words: str) -> str:
    """What a process of a photographed demo draws by chance."""
    ask = "import secrets; print(secrets.token_hex(16), secrets.token_urlsafe(9), secrets.randbelow(10**9))"
    run = [sys.executable, "-c", ask, *words]
    return subprocess.run(
        run, env={"PYTHONPATH": str(SEEDED)}, capture_output=True, text=True, check=True
    ).stdout


def test_what_a_photographed_demo_draws_is_the_same_each_time_and_another_in_each_process():
    assert drawn("demo", "--port", "8001") == drawn("demo", "--port", "8002")
    assert drawn("demo") != drawn("work")
