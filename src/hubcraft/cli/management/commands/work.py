"""`hubcraft work`: does what is due, again and again."""

import logging
import signal
import threading

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
    for path in DUE:
        close_old_connections()
        try:
            import_string(path)(at=timezone.now())
        except Exception:
            log.exception("%s did not work; it is tried again.", path)
