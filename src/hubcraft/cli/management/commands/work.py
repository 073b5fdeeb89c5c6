"""`hubcraft work`: does what is due, again and again."""

import logging
import signal
import threading
import time
from dataclasses import dataclass

from django.core.management import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from hubcraft.cli import making
from hubcraft.cli.children import end_with_parent

log = logging.getLogger(__name__)

# Each asks its tables "what is due at this moment?" and may run twice without harm.
DUE = (
    # Before the mail is sent, so that a letter goes out in the round it is promised in.
    "hubcraft.apps.letters.actions.weekly.write_letters",
    "hubcraft.apps.notices.actions.send_due",
    "hubcraft.apps.reflections.actions.days.end_days",
    "hubcraft.apps.reflections.actions.reminders.remind",
    "hubcraft.apps.rooms.actions.close_idle_rooms",
    "hubcraft.apps.facilitation.actions.rehearsals.play_rehearsals",
    "hubcraft.apps.facilitation.actions.rehearsals.delete_rehearsals",
    "hubcraft.cli.proving.start_when_due",
    "hubcraft.cli.making.start_when_due",
    # Once a day.
    "hubcraft.apps.records.actions.retention.keep_daily",
)
SECONDS_BETWEEN = 5.0
# What these end or delete by the date does not come back: by a clock that has just jumped they do nothing.
FINAL = (
    "hubcraft.apps.reflections.actions.days.end_days",
    "hubcraft.apps.reflections.actions.reminders.remind",
    "hubcraft.apps.rooms.actions.close_idle_rooms",
    "hubcraft.apps.facilitation.actions.rehearsals.delete_rehearsals",
    "hubcraft.apps.records.actions.retention.keep_daily",
)
JUMP, DOUBT = 600.0, 3_600.0
# Goes on while the machine sleeps, where there is such a clock.
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@dataclass
class WallClock:
    """The clock on the wall beside one that nobody sets: whether the first is to be believed."""

    apart: float | None = None
    doubted_until: float = 0.0

    def is_believed(self, wall: float, steady: float) -> bool:
        """Not for an hour after it has jumped; who set it wrong has that long to set it right."""
        before, self.apart = self.apart, wall - steady
        if before is not None and abs(self.apart - before) > JUMP:
            self.doubted_until = steady + DOUBT
            log.warning(
                "The clock jumped by %.0f minutes; nothing is deleted for an hour.",
                (self.apart - before) / 60,
            )
        return steady >= self.doubted_until


WALL = WallClock()


class Command(BaseCommand):
    help = "Do what is due (mail, clean-up), every five seconds, until told to stop."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--child-of", type=int, default=0, help="started by this serve: end when it ends")

    def handle(self, **options):
        if options["child_of"]:
            end_with_parent(options["child_of"])
        enough = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: enough.set())
        while not enough.is_set():
            do_what_is_due()
            if options["once"]:
                making.finish()
                return
            enough.wait(SECONDS_BETWEEN)


def do_what_is_due() -> None:
    """One round; a job that fails is logged and tried again in the next."""
    is_believed = WALL.is_believed(time.time(), time.clock_gettime(STEADY))
    for path in DUE:
        if path in FINAL and not is_believed:
            continue
        close_old_connections()
        try:
            import_string(path)(at=timezone.now())
        except Exception:
            log.exception("%s did not work; it is tried again.", path)
