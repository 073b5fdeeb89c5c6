"""What a room knows and promises: written on phones, kept by the team, and asked for the next time."""

import re

from playwright.sync_api import expect

from tests.journeys.states import RIVERBEND, next_session, next_year, place_all, sit_all, sit_by_code

STRATEGIES, PLAN, FEEDBACK = "12", "15", "16"
BUDDY = "Everybody who joins has a buddy for three cycles."


def go_to(room, position: str) -> None:
    assert room.lead.send(f"{room.base}lead/step/", position=position).status == 302


def opened(person, start, *initials):
    """A workshop whose team has opened its board."""
    room = start(script="workshop", teams=["Riverbend hub", "North Shore hub"])
    lines = {it: RIVERBEND[it] for it in initials}
    people = sit_all(person, room, lines, "Riverbend hub")
    room.begin()
    go_to(room, "10")
    place_all(room, people, lines)
    room.open_board(people[0])
    return room, people


def drafts(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('hubcraft-draft')).length")


def test_a_team_names_what_works_promises_and_tells_what_became_of_it(person, start):
    room, (am, bo) = opened(person, start, "AM", "BO")
    stranger = room.sit(person(), "ZZ", "North Shore hub")
    go_to(room, STRATEGIES)
    for one in (am, bo, stranger):
        expect(one.visit(room.base).get_by_role("heading", level=1)).to_contain_text(
            "name a strategy you use"
        )

    am.page.get_by_role("link", name="Recruit and onboard").click()
    am.page.get_by_label("Share a strategy you use.").fill(BUDDY)
    am.page.get_by_label("How do you know?").fill("They stay.")
    am.page.get_by_role("button", name="Share this strategy").click()
    expect(bo.page.get_by_text(BUDDY, exact=True)).to_be_visible()
    expect(am.page.get_by_role("link", name="Change it")).to_be_visible()
    expect(bo.page.locator(".written-mine")).to_have_count(1)
    expect(bo.page.locator(".written-mine")).to_be_hidden()
    assert BUDDY not in stranger.page.content()

    go_to(room, PLAN)
    expect(bo.page.get_by_role("heading", level=1)).to_contain_text(
        "what is the next step for you/your hub team?"
    )
    bo.page.get_by_role("link", name="Write a next step").click()
    bo.page.get_by_label("Our team’s").check()
    bo.page.get_by_label("What will be done").fill("Meet every second Monday.")
    bo.page.get_by_label("By when").fill(next_year())
    bo.page.get_by_role("button", name="Promise it").click()
    expect(am.page.get_by_text("Meet every second Monday.", exact=True)).to_be_visible()
    am.page.get_by_role("link", name="Change it").click()
    am.page.get_by_label("What will be done").fill("Meet every Monday.")
    am.page.get_by_role("button", name="Save it").click()
    expect(bo.page.get_by_text("Meet every Monday.", exact=True)).to_be_visible()

    again = next_session(room)
    jr = sit_by_code(person(), again, "JR", "Riverbend hub")
    other = sit_by_code(person(), again, "ZZ", "North Shore hub")
    assert "Meet every Monday." not in jr.visit(again.base).content()
    again.begin()
    opening = jr.visit(again.base)
    expect(opening.get_by_role("heading", name="What we promised last time")).to_be_visible()
    assert "Meet every Monday." not in other.visit(again.base).content()
    opening.get_by_role("link", name="Tell what became of it").click()
    jr.page.get_by_label("It is done").check()
    jr.page.get_by_label("What happened, or why").fill("Seven times.")
    jr.page.get_by_role("button", name="Tell the team").click()
    expect(jr.page.get_by_text("Seven times.", exact=True)).to_be_visible()
    kept = am.visit(f"{room.base}team-page/")
    expect(kept.get_by_text("Seven times.", exact=True)).to_be_visible()

    link = kept.get_by_label("Your private link").input_value()
    laptop = person(viewport={"width": 1280, "height": 900})
    laptop.visit(link.replace(link.split("/r/")[0], laptop.address))
    expect(laptop.page.get_by_text(BUDDY, exact=True)).to_be_visible()
    assert "key=" not in laptop.page.url
    for one in (am, bo, jr, stranger, other, laptop):
        assert one.faults == []


def test_what_is_being_written_is_kept_until_the_server_has_it(person, start):
    room, (am, bo) = opened(person, start, "AM", "BO")
    go_to(room, STRATEGIES)
    form = f"{room.base}look-fors/9/strategy/"
    page = am.visit(form)
    page.locator("#words").fill("Half a thought")
    am.visit(room.base)
    expect(am.visit(form).locator("#words")).to_have_value("Half a thought")
    expect(page.get_by_text("What you had begun is back.")).to_be_visible()
    assert "Half a thought" not in bo.read(form)

    # The room moves on in the middle of a sentence; the sentence goes on.
    page.locator("#words").press_sequentially(" goes on")
    go_to(room, FEEDBACK)
    page.wait_for_timeout(1500)
    expect(page.locator("#words")).to_have_value("Half a thought goes on")
    page.get_by_role("button", name="Share this strategy").click()
    expect(page).to_have_url(re.compile(r"/step/$"))
    assert drafts(page) == 0
    expect(am.visit(form).locator("#words")).to_have_value("")

    # The answer is lost on its way back: sent again, it is one.
    page.locator("#words").fill("Twice")
    page.route("**/strategy/", lambda way: (way.fetch(max_redirects=0), way.abort()), times=1)
    page.get_by_role("button", name="Share this strategy").click()
    page.wait_for_timeout(500)
    expect(am.visit(form).locator("#words")).to_have_value("Twice")
    page.get_by_role("button", name="Share this strategy").click()
    expect(page).to_have_url(re.compile(r"/step/$"))
    assert am.read(f"{room.base}team-page/").count(">Twice<") == 1

    # What is too long comes back whole, and what nobody wants is thrown away.
    am.visit(form).locator("#words").fill("word " * 400)
    page.get_by_role("button", name="Share this strategy").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(am.visit(form).locator("#words")).to_have_value("word " * 400)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#words")).to_have_value("")
    assert drafts(page) == 0


def test_who_leaves_a_device_leaves_no_half_written_words(person, start):
    room, (am, bo) = opened(person, start, "AM", "BO")
    go_to(room, STRATEGIES)
    for one in (am, bo):
        one.visit(f"{room.base}look-fors/9/strategy/").locator("#words").fill("Half a thought")
    page = am.visit(f"{room.base}seat/")
    assert drafts(page) == 1
    # Over plain HTTP a browser does not clear a site's storage when it is told to.
    page.route("**/seat/remove/", lambda way: way.fulfill(status=204), times=1)
    page.evaluate("document.querySelector('form[action$=\"/seat/remove/\"]').requestSubmit()")
    page.wait_for_timeout(300)
    assert (drafts(page), drafts(bo.page)) == (0, 1)


def test_everything_is_written_without_javascript(person, start):
    room, _people = opened(person, start, "AM", "BO")
    plain = room.sit(person(java_script_enabled=False), "SV", "North Shore hub")
    go_to(room, STRATEGIES)
    page = plain.visit(f"{room.base}look-fors/1/strategy/")
    page.locator("#words").fill("word " * 400)
    page.get_by_role("button", name="Share this strategy").click()
    expect(page.get_by_role("alert")).to_contain_text("too long")
    expect(page.locator("#words")).to_have_value("word " * 400)
    page.locator("#words").fill(BUDDY)
    page.get_by_role("button", name="Share this strategy").click()
    expect(page.get_by_text(BUDDY, exact=True)).to_be_visible()
    go_to(room, PLAN)
    page = plain.visit(room.base)
    page.get_by_role("link", name="Write a next step").click()
    page.get_by_label("What will be done").fill("Ask who joined last.")
    page.get_by_role("button", name="Promise it").click()
    expect(page.get_by_text("Ask who joined last.", exact=True)).to_be_visible()
    page = plain.visit(f"{room.base}team-page/")
    expect(page.get_by_text(BUDDY, exact=True)).to_be_visible()
