"""The workshop: two teams, one person alone, a latecomer, and someone who would rather not show theirs."""

import re

import pytest
import segno

from tests.journeys.leaks import foreign_marks
from tests.journeys.people import HEADING, Person, room_of

LINES = {
    "AM": "14132324411",
    "AM 2": "43214321432",
    "BO": "22224444113",
    "EJ": "33111222344",
    "KM": "12341234123",
    "NB": "44411122233",
    "CP": "31313131313",
    "ZZ": "24242424242",
}
SOON = 2_000


@pytest.fixture
def behind_wire(person, product, wires):
    """Somebody whose device is overheard: `.wire` keeps every byte it was sent."""

    def come(**options) -> Person:
        wire = wires.open(product.port)
        one = person(address=wire.address, **options)
        one.wire = wire
        return one

    return come


def rubric_of(person: Person, base: str) -> tuple[list[str], dict[str, str]]:
    html = person.read(f"{base}look-fors/")
    keys = re.findall(r'data-look-for="([^"]+)"', html)
    levels = re.findall(
        r'type="radio"[^>]* value="([\w-]+)"[^>]*>.*?<span class="level-words">([^<]+)</span>', html, re.S
    )[:4]
    return keys, {key: words.replace("&#x27;", "'") for key, words in levels}


def own_marks(keys, levels, line: str) -> dict[str, str]:
    return {key: list(levels)[int(sign) - 1] for key, sign in zip(keys, line, strict=True)}


def boxes(page, row: int = 1) -> dict[str, list[str]]:
    """Who stands where in a row of a board, as the page shows it."""
    return page.locator(".board-row").evaluate_all(
        """(rows, number) => {
            const row = rows.find(one => one.querySelector(`.board-move[href*="/${number}/"]`)) ?? rows[number - 1];
            return Object.fromEntries([...row.querySelectorAll(".box")].map(box => [
                box.querySelector(".box-short").textContent,
                [...box.querySelectorAll(".chip")].map(chip =>
                    chip.querySelector("span").textContent + (chip.matches(".chip-before") ? " before" : "")
                    + (chip.matches(".chip-late") ? " late" : "")),
            ]));
        }""",
        row,
    )


def standing(lines: dict[str, str], row: int) -> list[list[str]]:
    return [
        sorted(who for who, line in lines.items() if line[row - 1] == str(level)) for level in (1, 2, 3, 4)
    ]


def shown(page, row: int) -> list[list[str]]:
    found = boxes(page, row)
    order = ["really", "better", "pretty", "great"]
    return [sorted(next((who for name, who in found.items() if word in name), [])) for word in order]


def test_the_workshop(behind_wire, product):
    # The facilitator starts a room and puts the code on the wall.
    lead = behind_wire(viewport={"width": 1280, "height": 900})
    page = lead.visit("/")
    page.get_by_role("link", name="Start a room").click()
    page.get_by_label("Only the rubric").check()
    page.get_by_label("Teams, one a line").fill("Riverbend hub")
    page.get_by_label("A name for the room").fill("Spring convening")
    page.get_by_role("button", name="Start the room").click()
    page.get_by_role("heading", name="Is everyone here?").wait_for()
    room = room_of(lead, product, re.search(r"/r/(\w+)/", page.url).group(1))
    code = page.locator(".qr-card-code").text_content()
    assert code.replace(" ", "") == room.code
    wall = behind_wire(viewport={"width": 1920, "height": 1080})
    wall.visit(page.locator(".top-projector").get_attribute("href"))
    wall.page.get_by_role("heading", name=HEADING).wait_for()
    drawn = wall.page.locator("svg.qr path").get_attribute("d")
    link = segno.make(lead.address + room.join_path, error="m", micro=False).svg_inline(border=0)
    assert drawn in link

    # The first comes by the QR code and picks the team.
    first, second, third, *northern = (behind_wire() for _ in range(6))
    alone = behind_wire()
    phone = first.visit(room.join_path)
    phone.get_by_label("Your initials").fill("am")
    phone.get_by_text("Riverbend hub").click()
    phone.get_by_role("button", name="Come in").click()
    phone.get_by_role("heading", name="You are in.").wait_for()
    phone.get_by_label("My seat: AM").wait_for()

    # The second types the code, and the same team's name not quite right: it is offered.
    phone = second.visit("/")
    phone.get_by_label("The room’s code").fill(code.lower())
    phone.get_by_role("button", name="Come in").click()
    phone.get_by_label("Your initials").fill("AM")
    phone.get_by_text("Another team").click()
    phone.get_by_label("Its name").fill("Riverband Hub")
    phone.get_by_role("button", name="Come in").click()
    phone.get_by_role("button", name="Yes, Riverbend hub").click()
    phone.get_by_label("My seat: AM 2").wait_for()
    first.page.locator(".roster").get_by_text("AM 2").wait_for(timeout=SOON)

    # The others; someone alone; a team that nobody had announced.
    room.sit(third, "BO", "Riverbend hub")
    for one, initials in zip(northern, ("EJ", "KM", "NB"), strict=True):
        room.sit(one, initials, "North Shore hub")
    room.sit(alone, "CP")
    for one in (third, *northern, alone):
        one.visit(f"{room.base}")
        one.page.wait_for_url("**/lobby/")
    page.get_by_text("7 people are in the lobby.").wait_for(timeout=SOON)
    wall.page.get_by_text("7 here").wait_for(timeout=SOON)
    everyone = [first, second, third, *northern, alone]

    # Everyone begins: each phone follows by itself.
    page.get_by_role("button", name="Let everyone begin").click()
    for one in everyone:
        one.page.wait_for_url("**/look-fors/1/", timeout=2 * SOON)
    people = dict(zip(("AM", "AM 2", "BO", "EJ", "KM", "NB", "CP"), everyone, strict=True))
    keys, levels = rubric_of(first, room.base)
    own = {who: own_marks(keys, levels, line) for who, line in LINES.items()}

    # One places initials one look-for after another; the others do the same elsewhere.
    phone = first.page
    for number, sign in enumerate(LINES["AM"], 1):
        phone.locator(".look-for:not([hidden]) .level").nth(int(sign) - 1).click()
        if number < len(LINES["AM"]):
            phone.get_by_role("link", name="Next look-for").click()
    phone.locator("[data-status][data-state=saved]").wait_for()
    phone.get_by_role("link", name="I have finished").click()
    phone.wait_for_url("**/team/")
    phone.get_by_text("1 of 3 have finished").wait_for()
    northern[2].page.get_by_role("button", name="I’d rather not show mine").click()
    northern[2].page.get_by_role("button", name="Show mine after all").wait_for()
    for who, one in people.items():
        if one is not first:
            room.place(one, LINES[who])
            one.visit(room.base)
    alone.page.wait_for_url("**/board/")
    second.page.wait_for_url("**/team/")
    phone.get_by_text("3 of 3 have finished").wait_for(timeout=SOON)
    page.get_by_text("7 of 7 have finished.").wait_for(timeout=SOON)
    wall.page.get_by_text("7 of 7 have finished").wait_for(timeout=SOON)

    # Nobody has been sent anybody else's mark.
    for who, one in people.items():
        if one is not alone:
            assert (who, foreign_marks(one.wire.answers, own[who], levels)) == (who, [])
    for one in (lead, wall):
        assert foreign_marks(one.wire.answers, {}, levels) == []
    theirs = {name: " ".join(text for _path, text in alone.wire.answers) for name in ("EJ", "AM 2")}
    assert not any(f">{name}<" in text for name, text in theirs.items())

    # Riverbend opens its board: on all its phones, within two seconds, and on nobody else's.
    phone.get_by_role("heading", name="Is this everyone in Riverbend hub?").wait_for(timeout=SOON)
    phone.get_by_role("button", name="Yes, this is everyone. Open our board").click()
    river = {who: LINES[who] for who in ("AM", "AM 2", "BO")}
    for one in (first, second, third):
        one.page.locator(".board-row").first.wait_for(timeout=SOON)
        for row in (1, 6, 11):
            assert shown(one.page, row) == standing(river, row)
    for one, who in zip(northern, ("EJ", "KM", "NB"), strict=True):
        one.page.wait_for_url("**/team/")
        assert foreign_marks(one.wire.answers, own[who], levels) == []

    # After the talk one moves: the others see where they stood and where they stand.
    third.page.locator('.board-move[href$="/look-fors/1/"]').click()
    third.page.locator(".look-for:not([hidden]) .level").nth(3).click()
    third.page.locator("[data-status][data-state=saved]").wait_for()
    first.page.locator(".chip-before").get_by_text("BO").wait_for(timeout=SOON)
    moved = shown(first.page, 1)
    assert (moved[1], moved[3]) == (["BO before"], sorted(["AM 2", "BO"]))
    first.page.get_by_text("One moved after talking.").wait_for()

    # The small team with a wish: the facilitator opens it, and each sees their own and the prompts, no more.
    page.get_by_role("button", name=re.compile("Ready: open its board.*North Shore")).click()
    for one, who in zip(northern, ("EJ", "KM", "NB"), strict=True):
        one.page.locator(".board-own").wait_for(timeout=2 * SOON)
        assert set(one.page.locator(".box .chip > span:first-child").all_text_contents()) == {who}
        for other in {"EJ", "KM", "NB"} - {who}:
            assert one.page.locator(".board").get_by_text(other, exact=True).count() == 0
    assert "rather" not in " ".join(northern[0].page.locator(".board-head").all_text_contents())

    # Someone comes late, asks, is let in by the team, rates before seeing, and adds theirs.
    late = behind_wire()
    phone = late.visit(room.join_path)
    phone.get_by_label("Your initials").fill("ZZ")
    phone.get_by_text("Riverbend hub").click()
    phone.get_by_role("button", name="Come in").click()
    phone.get_by_role("heading", name="You asked to join Riverbend hub.").wait_for()
    first.page.get_by_role("button", name="Let ZZ in").click(timeout=SOON)
    phone.wait_for_url("**/look-fors/1/", timeout=2 * SOON)
    room.place(late, LINES["ZZ"])
    assert foreign_marks(late.wire.answers, own["ZZ"], levels) == []
    late.visit(room.base)
    late.page.get_by_role("button", name="Show mine as late").click()
    late.page.locator(".board-row").first.wait_for()
    first.page.locator(".chip-late").first.wait_for(timeout=SOON)
    assert [who for box in shown(first.page, 2) for who in box if "ZZ" in who] == ["ZZ late"]
    first.page.wait_for_url("**/board/")

    # To the end the facilitator and the wall were sent no mark at all, and nothing broke anywhere.
    for one in (lead, wall):
        assert foreign_marks(one.wire.answers, {}, levels) == []
    for one in (lead, wall, late, *everyone):
        assert one.faults == []


def test_a_team_of_five_with_a_wish_sees_dots(behind_wire, start):
    room = start(teams=["Riverbend hub"])
    initials = ("AM", "BO", "EJ", "KM", "NB")
    people = [room.sit(behind_wire(), it, "Riverbend hub") for it in initials]
    room.begin()
    for one, who in zip(people, initials, strict=True):
        room.place(one, LINES[who])
    people[3].send(f"{room.base}wish/")
    opener, shy = people[0], people[3]
    for one in (opener, shy):
        one.visit(f"{room.base}team/")
    opener.page.get_by_role("button", name="Yes, this is everyone. Open our board").click()
    for one in (opener, shy):
        one.page.locator(".board-dots").wait_for(timeout=SOON)
        board = one.page.locator(".board").text_content()
        assert [who for who in initials if who in board] == []
        assert one.page.locator(".box .chip-dot").count() > 0
    said = [re.sub(r"\s+", " ", one.page.locator("main").text_content()) for one in (opener, shy)]
    assert said[0] == said[1]
