"""`hubcraft retention`: what is kept no longer, counted or deleted now."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.utils import DatabaseError
from django.utils import timezone

from hubcraft.apps.audit.retention import rules
from hubcraft.apps.records.actions import retention as actions
from hubcraft.apps.records.queries import retention as queries


class Command(BaseCommand):
    help = "Say what the rules of docs/host/retention.toml let go at this moment; with --remove, let it go."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="delete it now instead of within a day")

    def handle(self, *, remove: bool, **options):
        # This process has one thread and serves nobody: it needs no writer beside it.
        settings.HUBCRAFT_WRITES_INLINE = True
        at = timezone.now()
        try:
            told = actions.keep_to_rules(at=at) if remove else queries.count_due(at)
        except DatabaseError as fault:
            raise CommandError(f"There is nothing in {settings.DATA} yet ({fault}).") from None
        for sweep, count in told.items():
            days = rules()[sweep.rule].days
            self.stdout.write(
                f"{count:>7}  {sweep.what}  ({sweep.rule}, {days} {'day' if days == 1 else 'days'})"
            )
        total = sum(told.values())
        done = (
            "were removed."
            if remove
            else "would be removed. `serve` does it once a day; --remove does it now."
        )
        self.stdout.write(f"{total:>7}  in all {done}")
