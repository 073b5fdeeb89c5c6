"""The demo at one of its stages, with people at its pages."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import browsers
from tests.journeys.people import Person, Room
from tests.served import CHECKOUT, Served

# What stands on pictures where the demo's own address would.
SHOWN = "https://hubcraft.example"
# So that the same code gives the same pictures, their room has the same code each time.
SEEDED = Path(__file__).parent / "seeded"
LINKS = {
    "join": "Join with a phone",
    "lead": "Facilitator",
    "projector": "Projector",
    "home": "A hub’s own page",
}
LAPTOP = {"width": 1280, "height": 800}


class Demo:
    """One running demo: `lead`, `projector` and `leader` are open, phones come as they are asked for."""

    def __init__(self, browser, served: Served):
        self.browser, self.address = browser, served.address
        self.links = {name: find_link(served, words) for name, words in LINKS.items()}
        self.room_id = self.links["lead"].split("/")[2]

    def person(self, path: str, **options) -> Person:
        """Somebody with a device, on this page; phones have screens as fine as phones have."""
        options = {"color_scheme": "light", "locale": "en-US", "timezone_id": "UTC", **options}
        one = Person(self.browser, self.address, **options)
        one.context.set_default_timeout(60_000)
        one.visit(path)
        return one

    def lead(self) -> Person:
        return self.person(self.links["lead"], viewport=LAPTOP)

    def projector(self) -> Person:
        return self.person(self.links["projector"], viewport=browsers.PROJECTOR, device_scale_factor=0.7)

    def phone(self, path: str) -> Person:
        return self.person(path, device_scale_factor=2)

    def leader(self) -> Person:
        """Who leads the hub, signed in by the link that works once."""
        one = self.person(self.links["home"], viewport=LAPTOP)
        one.page.get_by_role("button", name="Sign in").click()
        one.page.wait_for_url("**/home/")
        return one

    def room(self, lead: Person) -> Room:
        return Room(id=self.room_id, code="", join_path=f"/r/{self.room_id}/join/", lead=lead)


def find_link(served: Served, words: str) -> str:
    """A link that the demo printed, as a path."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = re.search(rf"{words}\s+{SHOWN}(/\S+)", served.log)
        if found:
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"The demo printed no link for “{words}”:\n{served.log}")


@contextmanager
def demo_at(browser, stage: str, folder: Path) -> Iterator[Demo]:
    """The demo at this stage, gone again afterwards."""
    more = {"HUBCRAFT_ADDRESS": SHOWN, "PYTHONPATH": f"{SEEDED}:{CHECKOUT / 'src'}"}
    served = Served(data=folder / stage, words=("demo", "--stage", stage), more=more)
    served.start(patience=300)
    try:
        yield Demo(browser, served)
    finally:
        # Nothing of it is kept, so nothing has to be finished.
        served.kill()
