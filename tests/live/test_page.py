"""The page's side in a real browser: parts swapped in place, polling where no stream gets through."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browsers import LAUNCH, find_chromium
from tests.journeys.wires import Wires

LONG = 25_000


@pytest.fixture
def look():
    """Open the small house's page as somebody."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium() or None, args=LAUNCH)

        def at(port, seat="a1", before_stream=None):
            context = browser.new_context()
            context.add_cookies([{"name": "seat", "value": seat, "url": f"http://127.0.0.1:{port}"}])
            page = context.new_page()
            page.faults = []
            page.on("pageerror", lambda fault: page.faults.append(str(fault)))
            if before_stream:
                page.route("**/stream/*", lambda way: (before_stream(), way.continue_()), times=1)
            page.goto(f"http://127.0.0.1:{port}/page/")
            return page

        yield at
        browser.close()


def board(page):
    return page.locator("live-region[data-region=board]")


def test_a_part_is_swapped_and_keeps_focus_and_folds(server, look):
    page = look(server.port)
    fold = "<details id=more><summary>More</summary></details>"
    server.change(("team-a", "board", f"one <button id=move>Move</button>{fold}"))
    page.locator("#move").focus()
    page.evaluate("document.getElementById('more').open = true")
    server.change(("team-a", "board", f"two <button id=move>Move</button>{fold}"))
    expect(board(page)).to_contain_text("two")
    assert page.evaluate("document.activeElement.id") == "move"
    assert page.evaluate("document.getElementById('more').open")
    assert page.faults == []


def test_paused_updates_arrive_when_the_pause_ends(server, look):
    page = look(server.port)
    page.locator("[data-pause]").click()
    server.change(("team-a", "board", "while paused"))
    page.wait_for_timeout(800)
    expect(board(page)).to_have_text("team-a board 1")
    page.locator("[data-pause]").click()
    expect(board(page)).to_have_text("while paused")


def test_what_is_said_is_said_politely(server, look):
    page = look(server.port)
    server.change(("team-a", "board", "<p data-say='3 of 5 have finished'>3</p>"))
    expect(page.get_by_role("status")).to_have_text("3 of 5 have finished")


def test_a_turn_shows_the_page_as_it_is_now(server, look):
    page = look(server.port)
    server.change(moves={"a1": "team-b"})
    expect(board(page)).to_have_text("team-b board 1")
    expect(page).to_have_title("team-b")
    server.change(("team-b", "board", "and goes on"))
    expect(board(page)).to_have_text("and goes on")


def test_somebody_who_moved_before_the_stream_was_open_is_turned_too(server, look):
    page = look(server.port, before_stream=lambda: server.change(moves={"a1": "team-b"}))
    expect(page).to_have_title("team-b")
    expect(board(page)).to_have_text("team-b board 1")


def test_somebody_who_moved_is_turned_by_polling_too(serve, look):
    server = serve(HOUSE_STREAMS="0")
    page = look(server.port)
    expect(page).to_have_title("team-a")
    server.change(moves={"a1": "team-b"})
    expect(page).to_have_title("team-b", timeout=LONG)


def test_somebody_removed_sees_that(server, look):
    page = look(server.port)
    page.wait_for_timeout(500)
    server.change(moves={"a1": None})
    expect(page.locator("body")).to_have_text("Not here.", timeout=LONG)


def test_where_streams_are_full_the_page_polls(serve, look):
    server = serve(HOUSE_STREAMS="0")
    page = look(server.port)
    server.change(("team-a", "board", "by polling"))
    expect(board(page)).to_have_text("by polling", timeout=LONG)


def test_where_streams_are_held_back_the_page_polls(server, look):
    wires = Wires()
    try:
        page = look(wires.open(server.port, "holds streams").port)
        server.change(("team-a", "board", "behind a filter"))
        expect(board(page)).to_have_text("behind a filter", timeout=LONG)
    finally:
        wires.close()


def test_a_restarted_server_is_found_again(server, serve, database, look):
    wires = Wires()
    try:
        wire = wires.open(server.port)
        page = look(wire.port)
        other = serve()
        wire.target = other.port
        server.stop()
        other.change(("team-a", "board", "after the restart"))
        expect(board(page)).to_have_text("after the restart", timeout=LONG)
    finally:
        wires.close()
