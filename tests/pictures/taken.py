"""What is photographed: three stages of the demo, and a phone that goes through the session."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.people import Person
from tests.pictures.demo import Demo
from tests.pictures.webp import take

STRATEGY = "Two of us swap roles each month, so nobody is the only one who knows."
HOW_WE_KNOW = "In March the meeting ran without either of us."
NEXT_STEP = "Write down who decides what, on one page."
HEARD = "We open every meeting with what we learned since the last one."
# What they answer, one sign a look-for, as in the demo's own lines.
LINE = "33323342233"


def lobby(demo: Demo, to: Path) -> None:
    """Before it begins: the page that starts a room, the two pages of whoever leads."""
    start = demo.person("/start/", viewport={"width": 1280, "height": 800})
    take(start.page, to / "start.webp")
    lead, projector = demo.lead(), demo.projector()
    take(lead.page, to / "lead-lobby.webp", height=700)
    take(projector.page, to / "screen-lobby.webp")
    lead.page.get_by_role("link", name="Edit the plan first").click()
    take(lead.page, to / "plan.webp")
    lead.visit(f"/r/{demo.room_id}/lead/paper/")
    take(lead.page, to / "paper.webp")


def session(demo: Demo, to: Path) -> None:
    """From the door to the team's own page, on one phone."""
    lead, projector = demo.lead(), demo.projector()
    phone = demo.phone(demo.links["join"])
    page = phone.page
    page.get_by_label("Your initials").fill("RD")
    page.get_by_text("Riverbend hub", exact=True).click()
    take(page, to / "phone-join.webp")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/look-fors/**")
    page.locator(".level").nth(2).click()
    take(page, to / "phone-mark.webp")
    demo.room(lead).place(phone, LINE)
    take(lead.page, to / "lead-mark.webp", height=700)
    take(projector.page, to / "screen-mark.webp")
    phone.visit(f"/r/{demo.room_id}/team/")
    take(page, to / "phone-everyone.webp")
    page.get_by_role("button", name="Yes, this is everyone").click()
    page.wait_for_url("**/board/**")
    take(page, to / "phone-board.webp")
    wall = phone.open_page()
    wall.set_viewport_size({"width": 1280, "height": 800})
    wall.goto(page.url)
    take(wall, to / "board.webp")
    wall.close()
    go_on(lead, "Talk together")
    take(projector.page, to / "screen-talk.webp")
    go_on(lead, "Name a strategy")
    strategy(phone, demo, to)
    go_on(lead, "Share your reflection")
    go_on(lead, "Let's hear from you!")
    heard(lead, demo, projector, to)
    go_on(lead, "What will you do next?")
    next_step(phone, demo, to)
    phone.visit(f"/r/{demo.room_id}/team-page/")
    take(page, to / "phone-our-page.webp")
    keep = phone.open_page()
    keep.set_viewport_size({"width": 1280, "height": 800})
    keep.goto(f"/r/{demo.room_id}/team-page/")
    above = keep.get_by_role("heading", name="What your team uses").bounding_box()
    below = keep.get_by_text("Word to go on writing in").bounding_box()
    top, end = int(above["y"]) - 30, int(below["y"] + below["height"]) + 30
    take(keep, to / "take-along.webp", top=top, height=end - top)


def go_on(lead: Person, step: str) -> None:
    """The big button, up to this step."""
    lead.page.get_by_role("button", name=f"Next: {step}").click()
    expect(lead.page.locator("#now")).to_have_text(step)


def strategy(phone: Person, demo: Demo, to: Path) -> None:
    # The room has gone on, and the phone follows by itself; only then does it stay where it is led.
    phone.page.wait_for_url("**/step/")
    phone.visit(f"/r/{demo.room_id}/look-fors/7/strategy/")
    boxes = phone.page.locator("textarea")
    boxes.nth(0).fill(STRATEGY)
    boxes.nth(1).fill(HOW_WE_KNOW)
    take(phone.page, to / "phone-strategy.webp")
    phone.page.get_by_role("button", name="Share this strategy").click()
    phone.page.wait_for_load_state()


def heard(lead: Person, demo: Demo, projector: Person, to: Path) -> None:
    lead.visit(f"/r/{demo.room_id}/lead/heard/")
    lead.page.locator("textarea").first.fill(HEARD)
    lead.page.locator("input[name=may_project]").check()
    take(lead.page, to / "lead-heard.webp")
    lead.page.get_by_role("button", name="Write it down").click()
    lead.page.wait_for_load_state()
    expect(projector.page.get_by_text(HEARD)).to_be_visible()
    take(projector.page, to / "screen-heard.webp")
    lead.visit(f"/r/{demo.room_id}/lead/")


def next_step(phone: Person, demo: Demo, to: Path) -> None:
    expect(phone.page.locator("#main")).to_contain_text("Write a next step")
    phone.visit(f"/r/{demo.room_id}/next-steps/")
    phone.page.get_by_text("Our team’s", exact=True).click()
    phone.page.get_by_label("What will be done").fill(NEXT_STEP)
    phone.page.get_by_label("Who sees to it").fill("RD")
    phone.page.get_by_label("By when").fill("2027-03-01")
    take(phone.page, to / "phone-next-step.webp")
    phone.page.get_by_role("button", name="Promise it").click()
    phone.page.wait_for_load_state()


def after(demo: Demo, to: Path) -> None:
    """What is left of it: the harvest, and the hub's own pages over the years."""
    lead = demo.lead()
    lead.visit(f"/r/{demo.room_id}/lead/harvest/")
    take(lead.page, to / "harvest.webp")
    stood = lead.page.get_by_role("heading", name="How the room stood").first.bounding_box()
    take(lead.page, to / "harvest-room.webp", top=int(stood["y"]) - 20)
    leader = demo.leader()
    page = leader.page
    page.get_by_role("link", name="Riverbend", exact=True).click()
    page.wait_for_url("**/teams/**")
    hub = page.url
    take(page, to / "hub.webp", height=860)
    page.get_by_role("link", name="What you share, and who looked").click()
    page.wait_for_url("**/sharing/**")
    page.get_by_role("button", name="Share with our network").first.click()
    page.wait_for_load_state()
    take(page, to / "sharing.webp")
    page.goto(hub)
    page.locator("a[href*='/boards/']").first.click()
    page.wait_for_url("**/boards/**")
    take(page, to / "hub-board.webp")


STAGES: dict[str, Callable[[Demo, Path], None]] = {"lobby": lobby, "rate": session, "after": after}
