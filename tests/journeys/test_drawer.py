"""The facilitator takes part from a drawer of their own page, and sees no more than anyone else."""

import re

from playwright.sync_api import expect

from tests.journeys.leaks import foreign_marks
from tests.journeys.people import rows


def test_a_facilitator_takes_part_from_the_drawer_without_seeing_more(start, person, product):
    room = start(teams=["Riverbend hub"])
    ben = room.sit(person(), "BE", "Riverbend hub")
    room.sit(person(), "CL", "Riverbend hub")
    room.begin()
    room.place(ben, "4" * 11)
    told: list[tuple[str, str]] = []
    lead = room.lead.page
    lead.on(
        "response",
        lambda it: (
            told.append((it.url.removeprefix(room.lead.address), it.text()))
            if it.status == 200
            and "text/html" in it.headers.get("content-type", "")
            and "stream" not in it.url
            else None
        ),
    )
    room.lead.visit(f"{room.base}lead/")
    lead.get_by_text("Take part yourself").click()
    drawer = lead.frame_locator(".lead-seat-frame")
    drawer.get_by_label("initials").first.fill("AD")
    drawer.get_by_text("Riverbend hub").first.click()
    drawer.locator("main form button.button-main").click()
    expect(drawer.get_by_text("Look-for 1 of 11")).to_be_visible()
    drawer.get_by_text("pretty good").first.click()
    lead.wait_for_load_state("networkidle")
    levels = {level: level for (level,) in rows(product, "select distinct answer from reflections_mark")}
    own = dict(
        rows(
            product,
            "select look_for, answer from reflections_mark join rooms_seat on seat_id = rooms_seat.id where label = 'AD'",
        )
    )
    seen = [it for it in told if "/join/" not in it[0] and "/lead/" not in it[0]]
    assert len(seen) >= 1
    assert foreign_marks(seen, own, levels) == []
    page = room.lead.read(f"{room.base}lead/")
    team, roster = re.search(r'teams/(\w{32})/reveal/".*?name="roster" value="(\w+)"', page, re.S).groups()
    assert room.lead.send(f"{room.base}lead/teams/{team}/reveal/", roster=roster).status == 302
    drawer.get_by_role("link", name="Back to the board").click()
    expect(drawer.get_by_role("heading", name="Riverbend hub")).to_be_visible()
    assert room.lead.faults == []
