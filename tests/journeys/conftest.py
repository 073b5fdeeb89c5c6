"""One running product and one browser for each story."""

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.people import Person, Room, start_room
from tests.journeys.wires import Wires
from tests.served import Served


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Iterator[Served]:
    """The real product, shared by the stories of one file."""
    running = Served(data=tmp_path_factory.mktemp("served")).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def wires() -> Iterator[Wires]:
    """Networks between devices and the product."""
    opened = Wires()
    yield opened
    opened.close()


@pytest.fixture
def person(browser, product) -> Iterator[Callable[..., Person]]:
    """Somebody with a device: `person()`; `address=wire.address` puts them behind a wire."""
    people: list[Person] = []

    def come(**options) -> Person:
        people.append(Person(browser, options.pop("address", product.address), **options))
        return people[-1]

    yield come
    for one in people:
        one.close()


@pytest.fixture
def start(person, product) -> Callable[..., Room]:
    """A room with its facilitator: `start(teams=[…], rung="alias")`."""

    def begin(**options) -> Room:
        return start_room(person(viewport={"width": 1280, "height": 900}), product, **options)

    return begin
