"""On paper: the pack's own words, in the reader's language, and the way into the room."""

import re

import pytest

from hubcraft.apps.facilitation.exports import paper as exports
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.queries import list_domains, list_scripts, pack_of, rubric_of, script_of
from tests.device import Device, links_of, says, text_of
from tests.exporting.test_pdf import HOSTILE, faces_of, read, words_of
from tests.make import NOW, RIVERBEND, start

pytestmark = pytest.mark.django_db
RUBRIC = ("poster", "person", "large-type")
SESSION = ("prompts", "run-sheet")
LANGUAGES = ("en", "es")


@pytest.fixture
def pack() -> str:
    install_shipped_packs(at=NOW)
    return list_domains("en")[0].pack


def paper(pack: str, language: str = "en", size: str = "a4", script: str = "workshop"):
    domain = list_domains("en")[0].key
    return exports.paper_of_pack(pack, domain, language=language, size=size, script=script)


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", exports.SIZES)
@pytest.mark.parametrize("sheet", RUBRIC)
def test_the_rubric_is_there_to_the_letter(pack, sheet, size, language):
    printed = words_of(exports.write_sheet(paper(pack, language, size), sheet))
    rubric = rubric_of(pack, list_domains("en")[0].key, language)
    wanted = [rubric.title, rubric.goal, rubric.instruction, rubric.credit]
    wanted += [it.text for it in rubric.look_fors] + [it.label for it in rubric.levels]
    wanted += [title for title, look_fors in rubric.practices if look_fors]
    assert [it for it in wanted if flat(it) not in printed] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("script", ["workshop", "team-reflection"])
def test_every_prompt_is_there_to_the_letter(pack, script, language):
    session = paper(pack, language, script=script)
    prompts, run_sheet = (words_of(exports.write_sheet(session, sheet)) for sheet in SESSION)
    steps = script_of(pack, script, language, session.domain).steps
    assert len(steps) >= 5
    for step in steps:
        both = [step.question, *step.prompts]
        assert [it for it in [*both, step.advice] if flat(it) not in prompts] == []
        assert [it for it in [*both, step.say, step.title] if flat(it) not in run_sheet] == []
    assert f"{sum(step.minutes for step in steps)} min" in run_sheet


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", RUBRIC + SESSION)
def test_every_sheet_is_tagged_in_its_language_and_set_in_our_faces(pack, sheet, language):
    pdf = exports.write_sheet(paper(pack, language), sheet)
    root = read(pdf).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert read(pdf).metadata.title
    assert {it.partition("-")[0] for it in faces_of(pdf)} == {"SourceSansPro", "SourceSerifPro"}


@pytest.mark.parametrize(
    ("sheet", "pages"), [("poster", 1), ("person", 1), ("large-type", 4), ("prompts", 4), ("run-sheet", 3)]
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", exports.SIZES)
def test_each_keeps_to_its_pages(pack, sheet, pages, size, language):
    assert len(read(exports.write_sheet(paper(pack, language, size), sheet)).pages) == pages


def test_sizes_are_those_of_the_printer(pack):
    def millimetres(sheet: str, size: str) -> tuple[int, int]:
        box = read(exports.write_sheet(paper(pack, size=size), sheet)).pages[0].mediabox
        return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)

    assert (millimetres("poster", "a4"), millimetres("person", "a4")) == ((420, 297), (210, 297))
    assert (millimetres("poster", "letter"), millimetres("person", "letter")) == ((432, 279), (216, 279))


def test_the_emphasis_of_the_poster_is_kept():
    assert exports.runs_of("Ensure &lt;sufficient&gt; <u>capacity</u> now.") == [
        ("Ensure <sufficient> ", False),
        ("capacity", True),
        (" now.", False),
    ]


def test_whose_words_is_told(pack):
    english = words_of(exports.write_sheet(paper(pack), "poster"))
    spanish = words_of(exports.write_sheet(paper(pack, "es"), "poster"))
    assert "Rubric as published by its authors" in english
    assert "La traducción al español es nuestra" in spanish
    assert f"hub-leadership {pack_of(pack).version}" in english
    prompts = words_of(exports.write_sheet(paper(pack), "prompts"))
    assert "Where do you see it the same way? °" in prompts
    assert "Why did you select this session? °" not in prompts


def test_a_spanish_sheet_has_no_english_in_it(pack):
    printed = [words_of(exports.write_sheet(paper(pack, "es"), sheet)) for sheet in RUBRIC + SESSION]
    assert all("esta traducción es nuestra, un borrador" in it for it in printed)
    assert not [it for it in printed if re.search(r"Goal|Look-for|Team|Work practice|words|minutes", it)]
    assert "Meta" in printed[0]


def test_a_sheet_of_a_room_carries_its_code():
    hall = start(script="workshop")
    for sheet in RUBRIC + SESSION:
        response = hall.lead_device().get(f"/r/{hall.id}/lead/paper/{sheet}.pdf")
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        printed = words_of(response.content)
        code = hall.room.code
        assert code in printed.replace("-", "").replace(" ", "")
        assert "testserver/join" in printed
        assert "Spring convening" in printed


def test_a_sheet_without_a_room_has_no_code(pack):
    device = Device()
    assert "Room code" not in words_of(device.get("/paper/poster.pdf").content)
    assert "Room code" not in words_of(device.get("/paper/run-sheet.pdf?script=team-reflection").content)


def test_the_code_of_a_closed_room_is_not_printed():
    hall = start(script="workshop").begin()
    address = f"/r/{hall.id}/lead/paper/person.pdf"
    assert "Room code" in words_of(hall.lead_device().get(address).content)
    assert says(hall.lead_device().get(f"/r/{hall.id}/lead/paper/"), "Every sheet carries the room’s code")
    hall.close()
    assert "Room code" not in words_of(hall.lead_device().get(address).content)
    page = hall.lead_device().get(f"/r/{hall.id}/lead/paper/")
    assert says(page, "Back to the room") and not says(page, "Every sheet carries")


def test_the_session_is_printed_as_it_was_arranged():
    hall = start(script="workshop")
    row = hall.run
    row.steps = [*row.steps[:2], {"key": "own-1", "kind": "break", "minutes": 20, "title": "Soup #1"}]
    row.save()
    printed = words_of(hall.lead_device().get(f"/r/{hall.id}/lead/paper/run-sheet.pdf").content)
    assert "Soup #1" in printed
    assert "28 minutes in all" in printed
    assert "Place your initials" not in printed


def test_a_room_without_a_script_has_the_rubric_alone():
    hall = start()
    page = hall.lead_device().get(f"/r/{hall.id}/lead/paper/")
    assert says(page, "person.pdf?in=en")
    assert not says(page, "prompts.pdf")
    assert hall.lead_device().get(f"/r/{hall.id}/lead/paper/person.pdf").status_code == 200
    assert hall.lead_device().get(f"/r/{hall.id}/lead/paper/prompts.pdf").status_code == 404
    assert hall.lead_device().get(f"/r/{hall.id}/lead/paper/..%2fpaper.pdf").status_code == 404


def test_a_page_for_an_anonymous_room_asks_for_no_initials():
    named, anonymous = start(), start(rung="anonymous")
    for hall, is_asked in ((named, True), (anonymous, False)):
        printed = words_of(hall.lead_device().get(f"/r/{hall.id}/lead/paper/person.pdf").content)
        assert ("Your initials" in printed) is is_asked
    assert says(anonymous.lead_device().get(f"/r/{anonymous.id}/lead/paper/"), "This room is anonymous")


@pytest.mark.parametrize("hostile", [*HOSTILE, "\u202eevil مرحبا 你好"])
def test_a_hostile_title_is_only_a_title_and_teams_are_not_printed(hostile):
    hall = start(title=hostile, teams=(f"T{hostile}"[:60], RIVERBEND), script="workshop")
    hall.sit("ZQX", RIVERBEND)
    for sheet in RUBRIC + SESSION:
        response = hall.lead_device().get(f"/r/{hall.id}/lead/paper/{sheet}.pdf")
        printed = words_of(response.content)
        assert response.status_code == 200
        assert RIVERBEND not in printed
        assert "ZQX" not in printed
        if hostile in HOSTILE:
            assert flat(hostile) in printed


def test_what_is_chosen_is_what_is_offered(pack):
    page = Device().get("/paper/?in=es&size=letter&script=team-reflection")
    assert says(page, "poster.pdf?in=es&size=letter")
    assert says(page, "script=team-reflection")
    nonsense = Device().get("/paper/?in=xx&size=a9&script=none&domain=none")
    assert says(nonsense, "poster.pdf?in=en&size=a4")
    assert [it.key for it in list_scripts(pack, "en")] == [
        *("workshop", "team-reflection", "at-a-glance", "follow-up", "one-look-for")
    ]


def test_paper_is_a_link_away():
    hall = start()
    assert f"/r/{hall.id}/lead/paper/" in links_of(text_of(hall.lead_device().get(f"/r/{hall.id}/lead/")))
    assert "/paper/" in links_of(text_of(Device().get("/")))
