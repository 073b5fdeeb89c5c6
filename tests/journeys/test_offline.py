"""A phone without a connection: nothing is lost, nothing counts twice, and the page says what waits."""

import json

from tests.cli.test_serve import until
from tests.journeys.people import rows

LINE = "14132324411"
RATED = "select m.look_for, m.answer from reflections_mark m join rooms_seat s on s.id = m.seat_id where s.label = ?"
CHANGES = (
    "select count(*) from reflections_markchange c join rooms_seat s on s.id = c.seat_id where s.label = ?"
)
KEPT = "select count(*) from reflections_lateanswer c join rooms_seat s on s.id = c.seat_id where s.label = ?"


def rate_offline(one, room):
    """Go through the whole rubric without a connection."""
    page = one.visit(f"{room.base}look-fors/1/")
    page.locator(".look-for:not([hidden])").wait_for()
    one.context.set_offline(True)
    for number, sign in enumerate(LINE, 1):
        page.locator(".look-for:not([hidden]) .level").nth(int(sign) - 1).click()
        page.get_by_text(f"Waiting to send ({number})").wait_for()
        page.get_by_role("link", name="I have finished" if number == 11 else "Next look-for").click()
    page.get_by_text("We go on as soon as your answers have been sent.").wait_for()
    page.get_by_text("You are offline.").wait_for()
    return page


def test_a_phone_offline_for_the_whole_rubric(start, person, product):
    room = start(teams=["Riverbend hub"])
    one = room.sit(person(), "OF", "Riverbend hub")
    room.begin()
    rate_offline(one, room).close()
    assert rows(product, CHANGES, "OF") == [(0,)]

    # The product is started again meanwhile, without a goodbye; the closed tab is opened when there is a connection.
    product.kill()
    product.start()
    one.context.set_offline(False)
    page = one.open_page()
    sent = []
    page.on("request", lambda it: sent.append(it.post_data) if it.url.endswith("/marks/") else None)
    page.goto(room.base)
    assert until(lambda: len(rows(product, RATED, "OF")) == 11)
    page.get_by_text("Waiting to send").wait_for(state="hidden")
    assert rows(product, CHANGES, "OF") == [(11,)]
    operations = {it["id"] for message in sent for it in json.loads(message)["operations"]}
    assert len(operations) == 11

    # The same messages once more, in any order: the same answers, no second effect.
    before = sorted(rows(product, RATED, "OF"))
    for message in sent[::-1] * 3:
        answer = one.context.request.post(
            f"{room.base}marks/",
            data=message,
            headers={"Origin": one.address, "Content-Type": "application/json"},
        )
        assert {*answer.json()["taken"]} == {it["id"] for it in json.loads(message)["operations"]}
    assert sorted(rows(product, RATED, "OF")) == before
    assert rows(product, CHANGES, "OF") == [(11,)]

    page.goto(room.base)
    page.wait_for_url("**/team/")
    page.get_by_text("You have answered 11 of 11.").wait_for()


def test_a_board_that_was_opened_meanwhile_is_offered_what_came_too_late(start, person, product):
    room = start(teams=["Lakeside hub"])
    far, near = (room.sit(person(), it, "Lakeside hub") for it in ("FA", "NE"))
    room.begin()
    room.place(near, "33333333333")
    page = rate_offline(far, room)
    room.open_board_as_lead("Lakeside hub")
    near.visit(f"{room.base}board/")
    assert near.page.locator(".board").get_by_text("FA", exact=True).count() == 0

    # Back in reach: everything arrives, nothing of it stands on the board yet, and the page asks.
    far.context.set_offline(False)
    page.get_by_role("button", name="Add mine as late").wait_for()
    assert (rows(product, CHANGES, "FA"), rows(product, KEPT, "FA")) == ([(0,)], [(11,)])
    assert near.page.locator(".board").get_by_text("FA", exact=True).count() == 0
    page.get_by_role("button", name="Add mine as late").click()
    near.page.locator(".chip-late").first.wait_for(timeout=2_000)
    assert (rows(product, CHANGES, "FA"), rows(product, KEPT, "FA")) == ([(11,)], [(0,)])
    assert len(rows(product, RATED, "FA")) == 11
