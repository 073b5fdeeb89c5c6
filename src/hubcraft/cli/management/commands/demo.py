"""`hubcraft demo`: a running product with a room that phones can join."""

import os
import socket
import sys

import segno
from django.conf import settings
from django.core.management import BaseCommand
from django.db import connections
from django.utils import timezone

from hubcraft.cli import demo_world, place
from hubcraft.cli.management.commands import serve


class Command(BaseCommand):
    help = "Start the product with a room that phones on the same network can join."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="0.0.0.0", help="127.0.0.1 keeps other machines out")  # noqa: S104
        parser.add_argument("--data", help="folder for what the demo stores (default .data/demo)")
        parser.add_argument(
            "--stage", choices=demo_world.STAGES, default="lobby", help="where the room stands"
        )
        parser.add_argument("--workers", type=int, default=1, help="server processes (default 1)")

    def handle(self, **options):
        port = options["port"]
        here = f"http://localhost:{port}"
        near = f"http://{address_in_the_room(options['host'])}:{port}"
        # The QR code must lead phones to this machine, whatever name its own browser uses.
        os.environ.setdefault("HUBCRAFT_ADDRESS", near)
        settings.HUBCRAFT_ADDRESS = address = os.environ["HUBCRAFT_ADDRESS"].rstrip("/")
        with place.held("start it again") as lock:
            door = serve.take_port(options["host"], port)
            print("Preparing the demo…", flush=True)
            serve.make_ready()
            world = demo_world.build(options["stage"], timezone.now(), address)
            connections.close_all()
            sys.exit(
                serve.run(
                    lock=lock,
                    door=door,
                    servers=options["workers"],
                    has_worker=True,
                    when_ready=lambda: tell(world, here, address),
                )
            )


def address_in_the_room(host: str) -> str:
    """The number by which other machines on this network reach this one; nothing is sent to find it."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104
        return serve.shown(host)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"


def tell(world: demo_world.DemoWorld, here: str, address: str) -> None:
    """What a person needs to begin, with the code phones can read from the terminal."""
    print()
    segno.make(world.join_link, error="m").terminal(compact=True)
    lines = [
        "",
        f"  Join with a phone   {world.join_link}",
        f"  or type             {address}/join/   code {world.code}",
        f"  Facilitator         {world.lead_link}",
        f"  Projector           {world.projector_link}",
        f"  A hub’s own page    {world.home_link}",
        f"  On this machine     {here}/",
        "",
        "  Phones must be on the same network as this machine. Ctrl-C stops the demo.",
        "",
    ]
    print("\n".join(lines), flush=True)
