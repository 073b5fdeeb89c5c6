"""Every state of every page: nothing for axe to complain of, nothing cut off, large enough to hit, a quiet console;
what people with accounts see also by keyboard and on paper."""

import os
from collections.abc import Callable

import pytest

from tests import browsers
from tests.journeys.home_states import homes
from tests.journeys.printed import TOO_WIDE, faults_on_paper
from tests.journeys.said_states import said
from tests.journeys.states import State, build
from tests.journeys.test_leading import lap

WIDTHS = {320: 640, 768: 1024, 1280: 900, 1920: 1080}
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in WIDTHS]
# The short run asks axe where layouts and colours differ most; bin/soak asks it everywhere.
IS_LONG = bool(os.environ.get("HUBCRAFT_SOAK"))
AXE = LOOKS if IS_LONG else [("light", 320), ("dark", 1280)]
# What people press to get on; links inside of sentences may be as small as their words.
TOO_SMALL = """() => [...document.querySelectorAll(
    ".button, .level, .choice, .way-out, .way-out-clear, .field-input, .top-me, .top-help, summary.button"
)].filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
  .filter(([, place]) => place.width && place.height && (place.height < 43.5 || place.width < 24))
  .map(([one, place]) => `${one.className} “${one.textContent.trim().slice(0, 30)}”`
    + ` ${Math.round(place.width)}×${Math.round(place.height)}`)"""
MOVING = "document.getAnimations().filter(one => one.playState === 'running').length"


@pytest.fixture
def states(person, start) -> list[State]:
    return [*said(person, start), *build(person, start)]


@pytest.mark.timeout(900)
def test_every_state_is_accessible(states):
    faults = [fault for state in states for fault in faults_of(state)]
    assert faults == [], "\n".join(faults)


@pytest.mark.timeout(900)
def test_every_page_of_people_with_accounts_is_accessible(person, start, product):
    faults = [fault for state in homes(person, start, product) for fault in faults_of(state, lap)]
    assert faults == [], "\n".join(faults)


def faults_of(state: State, walk: Callable | None = None) -> list[str]:
    """What is wrong with one state, on every width; `walk` goes through it by keyboard, and prints it."""
    faults, answers = [], []
    page = state.person.page
    page.on("response", lambda it: answers.append(it) if it.request.is_navigation_request() else None)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(state.path)
    if state.prepare:
        state.prepare(page)
    if state.status and answers[-1].status != state.status:
        faults.append(f"{state.name}: answered {answers[-1].status}")
    if walk:
        walk(page)
        # The way past the head is drawn over the head while it has the focus.
        page.evaluate("document.activeElement.blur()")
    for scheme, width in LOOKS if IS_LONG else [*LOOKS[: len(WIDTHS)], *AXE[1:]]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        seen = browsers.axe(page) if (scheme, width) in AXE else []
        seen += page.evaluate(TOO_SMALL)
        seen += ["scrolls sideways"] if page.evaluate(TOO_WIDE) else []
        seen += ["moves"] if page.evaluate(MOVING) else []
        faults += [f"{state.name}, {width} {scheme}: {fault}" for fault in seen]
    if walk:
        printed = faults_on_paper(page)
        faults += [f"{state.name}, {paper}: {fault}" for paper, found in printed.items() for fault in found]
    if state.leave:
        state.leave(page)
    faults += [f"{state.name}: console: {fault}" for fault in state.person.faults]
    state.person.faults.clear()
    page.close()
    state.person._page = None
    return faults
