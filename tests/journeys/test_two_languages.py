"""A phone in Spanish and a phone in English in the same room: each reads, live, in its own language."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.people import Person

NARROW = {"width": 320, "height": 640}
SOON = 5_000
LINE = "33333333333"


def language(page: Page) -> str:
    return page.locator("html").get_attribute("lang")


def is_whole(page: Page) -> bool:
    """Whether nothing stands out at the side of a narrow phone."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def come_in(room, person: Person, initials: str, *, button: str) -> Page:
    """By hand, as the QR code leads in."""
    page = person.visit(room.join_path)
    page.locator("#initials").fill(initials)
    page.get_by_text("Riverbend hub").click()
    assert is_whole(page)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url(re.compile("/lobby/$"))
    return page


def test_one_room_in_two_languages(start, person, axe):
    room = start(teams=["Riverbend hub"])
    ana, ben = person(viewport=NARROW, locale="es-US"), person(viewport=NARROW)

    # Each comes in as their phone speaks, and is told in their own language that the other one came.
    hers = come_in(room, ana, "ANA", button="Entrar")
    expect(hers.locator("#region-place")).to_contain_text("1 persona está aquí.")
    his = come_in(room, ben, "BE", button="Come in")
    expect(hers.locator("#region-place")).to_contain_text("2 personas están aquí.", timeout=SOON)
    expect(his.locator("#region-place")).to_contain_text("2 people are here.")
    assert (language(hers), language(his)) == ("es", "en")

    # Both rate; the rubric's words come in each one's language.
    room.begin()
    for page in (hers, his):
        expect(page).to_have_url(re.compile("/look-fors/1/$"), timeout=SOON)
    expect(hers.locator(".level-words").first).to_have_text("De verdad nos hace falta hacerlo")
    expect(his.locator(".level-words").first).to_have_text("We really need to do this")
    assert is_whole(hers)
    room.place(ana, LINE), room.place(ben, LINE)
    room.open_board(ana)
    for one in (ana, ben):
        expect(one.visit(f"{room.base}board/")).to_have_url(re.compile("/board/$"))

    # He moves after the talk: each board says so.
    room.place(ben, "4", phase="after")
    expect(hers.locator("main")).to_contain_text("Después de conversar se movió una persona.", timeout=SOON)
    expect(his.locator("main")).to_contain_text("One moved after talking.", timeout=SOON)
    assert (is_whole(hers), axe(hers)) == (True, [])

    # What she writes is told to be Spanish, on his English page, too.
    hers.goto(f"{room.base}look-fors/1/strategy/")
    hers.locator("#words").fill("Nos reunimos los lunes.")
    assert is_whole(hers)
    hers.get_by_role("button", name="Compartir estrategia").click()
    his.goto(f"{room.base}team-page/")
    written = his.get_by_text("Nos reunimos los lunes.", exact=True)
    expect(written).to_have_attribute("lang", "es")
    expect(his.get_by_role("heading", name="What your team uses")).to_be_visible()

    # Under her name she goes on in English; what she has open in another tab goes along, his stays as it is.
    other = ana.open_page()
    other.goto(f"{room.base}team-page/")
    expect(other.get_by_role("heading", name="Lo que usa su equipo")).to_be_visible()
    hers.goto(f"{room.base}seat/")
    assert (is_whole(hers), axe(hers)) == (True, [])
    hers.get_by_role("button", name="English").click()
    expect(hers.get_by_role("heading", level=1)).to_have_text("You are ANA")
    expect(other.locator("html")).to_have_attribute("lang", "en", timeout=SOON)
    assert (ana.faults, ben.faults, room.lead.faults) == ([], [], [])


def test_the_screen_speaks_the_rooms_language(person, product, start):
    lead = person(locale="es-US")
    page = lead.visit("/start/")
    page.locator("#language").get_by_text("Español").click()
    page.get_by_role("button", name="Iniciar la sala").click()
    expect(page).to_have_url(re.compile("/lead/$"))
    assert language(page) == "es"
    wall = person().visit(page.locator(".top-projector").get_attribute("href"))
    expect(wall.locator("h1")).to_have_text("¿Dónde está su hub en este momento?")
    assert language(wall) == "es"
    page.get_by_role("button", name="Dar comienzo").click()
    expect(wall.locator("h1")).to_have_text("¡Preséntese!", timeout=SOON)
