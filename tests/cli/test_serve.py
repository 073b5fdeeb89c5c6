"""The product starts, keeps running and stops as its operators expect."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from hubcraft.cli import children
from hubcraft.cli.management.commands import work
from tests.live.browserless import ROOT
from tests.served import free_port, hubcraft


def processes(product, word: str = "") -> list[int]:
    """The product's child processes that were started with `word`, or all of them."""
    children = psutil.Process(product.process.pid).children(recursive=True)
    return [child.pid for child in children if not word or word in child.cmdline()]


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be read out by the system does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def until(fact, seconds: float = 45) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.05)
    return False


def test_it_serves_and_stops_in_peace(serve):
    product = serve(workers=2)
    assert len(processes(product, "hubcraft.cli.listener")) == 2
    assert until(lambda: len(processes(product, "work")) == 1), "the worker starts once the servers answer"
    everybody = processes(product)
    begun = time.monotonic()
    assert product.stop() == 0
    assert time.monotonic() - begun < 6
    assert until(lambda: not any(lives(pid) for pid in everybody), 2)


def test_a_server_that_dies_is_started_again_and_nobody_is_turned_away(serve):
    product = serve()
    (server,) = processes(product, "hubcraft.cli.listener")
    os.kill(server, signal.SIGKILL)
    with urllib.request.urlopen(f"{product.address}/live", timeout=20) as answer:
        assert answer.status == 200
    assert processes(product, "hubcraft.cli.listener") != [server]


def die(child: children.Child, held: float | None) -> bool:
    """It ends `held` seconds after it first answered, or without; whether it was started again at once."""
    if child.process is None:
        child.start()
    child.answered = None if held is None else time.monotonic() - held
    child.process.wait()
    children.look_after(child)
    return child.process is not None


@pytest.mark.parametrize(
    ("held", "at_once"), [(3.0, [True] * 4), (1.0, [True, False]), (None, [True, False])]
)
def test_who_held_for_a_while_is_started_again_at_once_however_often(held, at_once):
    child = children.Child(["this"])
    assert [die(child, held) for _ in at_once] == at_once
    if child.process is not None:
        child.process.wait()


def test_the_children_end_with_their_parent_and_the_place_is_free_again(serve):
    product = serve()
    everybody = processes(product)
    os.kill(product.process.pid, signal.SIGKILL)
    product.process.wait()
    assert until(lambda: not any(lives(pid) for pid in everybody))
    product.start()
    assert product.stop() == 0


def test_a_child_whose_parent_went_while_it_was_loading_ends(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    command = [sys.executable, "-m", "hubcraft.cli", "work", "--child-of"]
    around = {**os.environ, "HUBCRAFT_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    kept = subprocess.Popen([*command, str(os.getpid())], env=around, stderr=subprocess.DEVNULL)
    left = subprocess.Popen([*command, str(gone.pid)], env=around, stderr=subprocess.DEVNULL)
    assert left.wait(30) == -signal.SIGTERM
    assert kept.poll() != -signal.SIGTERM
    kept.kill()
    kept.wait()


def test_a_second_server_in_the_same_place_is_refused(serve):
    product = serve()
    answer = hubcraft("serve", "--port", str(free_port()), data=product.data)
    assert answer.returncode != 0
    assert "already runs" in answer.stderr


def test_it_serves_with_a_bus(serve, valkey):
    product = serve(workers=2, HUBCRAFT_BUS=valkey)
    assert product.stop() == 0
    assert "Traceback" not in product.log


def alter(product, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(product.data / "hubcraft.sqlite3")) as link, link:
        for statement in statements:
            link.execute(statement)


def test_an_older_database_is_copied_before_it_is_brought_forward(serve):
    product = serve(engine="sqlite")
    product.stop()
    assert list(product.data.glob("before-upgrade-*")) == []
    alter(product, "DELETE FROM django_migrations WHERE app = 'notices'", "DROP TABLE notices_outboxmail")

    product.start()
    product.stop()
    (copy,) = product.data.glob("before-upgrade-*.sqlite3")
    with contextlib.closing(sqlite3.connect(copy)) as link:
        assert link.execute("SELECT count(*) FROM django_migrations WHERE app = 'notices'").fetchone() == (0,)
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_a_newer_version_wrote_is_refused(serve):
    product = serve(engine="sqlite")
    product.stop()
    alter(
        product,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('rooms', '9999_later', '2026-11-22')",
    )
    answer = hubcraft("serve", "--port", str(free_port()), data=product.data)
    assert "written by a newer Hubcraft (it has rooms 9999_later)" in answer.stderr
    assert answer.returncode != 0


def test_a_taken_port_is_told_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = hubcraft("serve", "--port", str(port), data=tmp_path)
    assert answer.returncode != 0
    assert f"Port {port} on 127.0.0.1 can't be opened" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_only_the_owner_may_read_what_is_stored(serve):
    product = serve()
    private = [path for path in product.data.iterdir() if path.name not in {"static", "served.log"}]
    loose = [path for path in private if path.stat().st_mode & 0o077]
    assert loose == []


@pytest.mark.parametrize("fault", ["not a database", "no secret", "no folder"])
def test_an_unfit_place_is_refused_in_a_sentence(tmp_path, fault):
    if fault == "not a database":
        (tmp_path / "hubcraft.sqlite3").write_text("this is a letter to my aunt, not a database" * 40)
        answer, words = hubcraft("check", data=tmp_path), "is not a database or is damaged"
    elif fault == "no secret":
        (tmp_path / "secret.key").write_text("")
        answer, words = hubcraft("check", data=tmp_path), "The secret key is missing"
    else:
        (tmp_path / "file").write_text("")
        answer, words = hubcraft("check", data=tmp_path / "file" / "below"), "--data"
    assert answer.returncode != 0
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_commands_are_listed_and_unknown_ones_refused(tmp_path):
    assert "bin/hubcraft demo" in hubcraft(data=tmp_path).stdout
    answer = hubcraft("fly", data=tmp_path)
    assert (answer.returncode, answer.stderr.splitlines()[0]) == (1, 'There is no command "fly".')


@pytest.mark.parametrize("jump", [-3_700, 900, 86_400 * 365])
def test_a_clock_that_jumped_is_not_believed_for_an_hour(jump):
    clock = work.WallClock()
    assert [clock.is_believed(1e9 + it, it) for it in (0, 5, 3_000)] == [True] * 3
    said = [clock.is_believed(1e9 + it + jump, it) for it in (3_005, 3_010, 6_600, 6_606, 6_611)]
    assert said == [False, False, False, True, True]


def test_a_clock_that_is_put_right_little_by_little_is_believed():
    clock = work.WallClock()
    assert all(clock.is_believed(1e9 + 2 * it, it) for it in range(0, 3_000, 5))


def test_everything_that_waits_for_the_clock_is_something_that_is_done():
    assert set(work.FINAL) < set(work.DUE)


def test_what_is_due_is_done_once_round(tmp_path):
    hubcraft("migrate", "-v0", data=tmp_path)
    answer = hubcraft("work", "--once", data=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
