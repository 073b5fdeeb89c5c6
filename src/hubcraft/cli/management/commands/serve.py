"""`hubcraft serve`: the server and its worker."""

import os
import socket
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from hubcraft.apps.frameworks import actions as frameworks
from hubcraft.apps.people import actions as people
from hubcraft.apps.people.queries import has_administrator
from hubcraft.apps.records.actions import erasure
from hubcraft.cli import children, fitness, place
from hubcraft.web import assets


class Command(BaseCommand):
    help = "Start the server and its worker; Ctrl-C or SIGTERM stops both."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in")
        parser.add_argument("--workers", type=int, default=1, help="server processes (default 1)")
        parser.add_argument("--no-worker", action="store_true", help="`hubcraft work` runs elsewhere")

    def handle(self, **options):
        with place.held("start it again") as lock:
            door = take_port(options["host"], options["port"])
            make_ready()
            here = f"http://{shown(options['host'])}:{options['port']}"
            word = f"Hubcraft is at {here}/  (Ctrl-C stops it){first_run(here)}"
            sys.exit(
                run(
                    lock=lock,
                    door=door,
                    servers=options["workers"],
                    has_worker=not options["no_worker"],
                    when_ready=lambda: print(word, flush=True),
                )
            )


def take_port(host: str, port: int) -> socket.socket:
    """The port, or a sentence."""
    try:
        return children.take_port(host, port)
    except (OSError, OverflowError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise CommandError(
            f"Port {port} on {host} can't be opened ({reason}). Choose another with --port."
        ) from None


def shown(host: str) -> str:
    """The name of this machine as its own browser reaches it."""
    if host in {"0.0.0.0", "127.0.0.1", "::", "::1"}:  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host


def first_run(here: str) -> str:
    """While nobody administers: the link that makes whoever opens it first the administrator."""
    if has_administrator():
        return ""
    key = people.make_key(person=None, at=timezone.now())
    connections.close_all()
    return f"\n\nNobody looks after it yet. Open this within 24 hours to be its administrator:\n  {welcome(key, here)}"


def welcome(key: str, here: str) -> str:
    """Where a one-time key is used: at the address people use, or where this machine's own browser finds it."""
    return f"{settings.HUBCRAFT_ADDRESS or here}/welcome/{key}/"


def make_ready() -> None:
    """Refuse what can't run, migrate, and lay out the static files."""
    faults = fitness.list_faults()
    if faults:
        raise CommandError("\n".join(faults))
    # This process has one thread and serves nobody: it needs no writer beside it.
    settings.HUBCRAFT_WRITES_INLINE = True
    place.migrate(timezone.now())
    frameworks.install_shipped_packs(at=timezone.now())
    # However this database came back, who was erased is.
    erasure.replay_now(at=timezone.now())
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    assets.build(settings.STATIC_ROOT)
    connections.close_all()


def run(*, lock: int, door: socket.socket, servers: int, has_worker: bool, when_ready) -> int:
    """Let people in, start everybody, and stay until told to stop."""
    door.listen(children.BACKLOG)
    fitness.raise_file_limit()
    whistle, mouth = os.pipe()
    os.set_inheritable(mouth, True)
    server = ["hubcraft.cli.listener", "--socket", str(door.fileno()), "--whistle", str(mouth)]
    server += ["--child-of", str(os.getpid())]
    everybody = [children.Child(server, (door.fileno(), mouth, lock)) for _ in range(max(1, servers))]
    if has_worker:
        work = ["hubcraft.cli", "work", "--child-of", str(os.getpid())]
        everybody.append(children.Child(work, (lock,), is_server=False))
    return children.keep_running(everybody, whistle, max(1, servers), when_ready)
