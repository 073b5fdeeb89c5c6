"""Whatever people typed, into every field there is: each file that is taken home opens, runs nothing and loses nothing."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.db import models
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.rooms.models import Seat
from tests.access.sentinels import World, marked, text_fields
from tests.access.test_sentinels import WITHOUT
from tests.files import words_of_word
from tests.hostile import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
# The lines that matter where a cell, a line or a paragraph begins come first.
ROUNDS = {
    "formulas": "\n".join((HOSTILE["formula"], HOSTILE["formula behind a gap"], HOSTILE["paragraphs"])),
    "markup": HOSTILE["markup"] + HOSTILE["attribute"] + HOSTILE["template"],
    "signs": HOSTILE["turned"] + HOSTILE["steering"] + HOSTILE["head of a mail"] + HOSTILE["family"],
    "long": HOSTILE["long"],
}
KINDS = ("docx", "xlsx", "zip", "pdf")


def write_everywhere(world: World, words: str) -> list[str]:
    """The same words in every field of this home that people write; which fields these are."""
    written = []
    for model, rows in world.rows().items():
        if model is TrailEntry:
            continue
        for name, row in rows.items():
            row.refresh_from_db()
            new = {}
            for field in model._meta.local_fields:
                value, label = getattr(row, field.name), f"{model._meta.label}.{field.name}"
                if not value or label not in text_fields() or label in WITHOUT:
                    continue
                if isinstance(field, models.EmailField):
                    continue
                fits = words[: field.max_length] if field.max_length else words
                if model is Seat and field.name == "label":
                    fits = f"{fits[:20]} {name[:3]}"
                new[field.name] = marked(world, field, value, fits)
                written.append(label)
            model._base_manager.filter(pk=row.pk).update(**new)
    return written


def letters(words: str) -> str:
    return "".join(re.findall(r"[a-zA-Z0-9]", words))


def cells_of(file: bytes) -> list[str]:
    packed = zipfile.ZipFile(io.BytesIO(file))
    texts = [packed.read(it).decode("utf-8-sig") for it in packed.namelist()]
    return [cell for text in texts for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def text_of_file(kind: str, file: bytes) -> str:
    """What another program reads in it; it has refused to run anything."""
    if kind == "docx":
        xml = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
        assert not re.search(r"w:hyperlink|w:instrText|<script", xml)
        return words_of_word(file)
    if kind == "xlsx":
        inside = zipfile.ZipFile(io.BytesIO(file))
        assert not [it for it in inside.namelist() if re.search(rb"<f>|hyperlink", inside.read(it))]
        book = CalamineWorkbook.from_filelike(io.BytesIO(file))
        sheets = [book.get_sheet_by_name(it).to_python() for it in book.sheet_names]
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
    if kind == "zip":
        cells = cells_of(file)
        assert [it for it in cells if re.match(r"\s*[=+\-@]\D", it)] == []
        return "\n".join(cells)
    pages = PdfReader(io.BytesIO(file)).pages
    assert not [it for page in pages for it in page.get("/Annots", []) if "/URI" in str(it.get_object())]
    return "".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("name", ROUNDS)
def test_every_file_opens_runs_nothing_and_loses_nothing(name):
    world, words = World("plan"), ROUNDS[name]
    written = write_everywhere(world, words)
    assert {
        "improvement.NextStep.words",
        "rooms.Room.title",
        "networks.Team.name",
        "people.Person.name",
    } < set(written)
    room, hub = world.hall.id, f"/n/{world.delta.id}/teams/{world.core.id}/"
    taken = {
        f"/r/{room}/team-page/file": "own team",
        f"/r/{room}/lead/harvest/file": "facilitator",
        f"{hub}file": "hub leader",
    }
    for address, who in taken.items():
        for kind in KINDS:
            answer = world.devices[who].client.get(f"{address}.{kind}")
            assert answer.status_code == 200, (address, kind)
            assert "\n" not in answer["Content-Disposition"]
            told = text_of_file(kind, answer.content)
            if who != "facilitator" and kind != "pdf":
                assert letters(words) in letters(told), (address, kind)
    copy = world.devices["hub leader"].client.post("/account/copy/")
    packed = zipfile.ZipFile(io.BytesIO(copy.content))
    about = json.loads(packed.read("about-you.json"))
    assert about["account"][0]["name"] == words[:80]
    page = packed.read("about-you.html").decode()
    assert "<script>alert" not in page and "<img src=x" not in page
