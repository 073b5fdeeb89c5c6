"""`hubcraft restore <file>`: a backup back into an empty place, on either engine."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from hubcraft.apps.records.actions import ledger
from hubcraft.cli import fitness, keeping, place
from hubcraft.cli.archive import Unusable


class Command(BaseCommand):
    help = "Bring a backup back. A place that holds something is refused, unless --replace is said."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="the backup file")
        parser.add_argument("--erased", type=Path, help="the erased.jsonl of another place, taken in first")
        parser.add_argument("--replace", action="store_true", help="back up what is here, then replace it")

    def handle(self, *, source: Path, replace: bool, erased: Path | None, **options):
        with place.held("restore"):
            faults = fitness.folder_faults(place.settings.DATA)
            if faults:
                raise CommandError("\n".join(faults))
            if erased is not None:
                if not erased.is_file():
                    raise CommandError(f"There is no file {erased}.")
                ledger.take_in(erased)
            try:
                restored = keeping.restore(source, replace=replace, at=timezone.now())
            except Unusable as fault:
                raise CommandError(str(fault)) from None
            except IntegrityError as fault:
                raise CommandError(
                    f"The rows of this backup do not fit together: nothing was changed ({fault})."
                ) from None
        if restored.before is not None:
            self.stdout.write(f"What was here is kept in {restored.before}")
        tables = restored.manifest.tables
        rows = sum(table.rows for table in tables)
        self.stdout.write(f"{rows} rows of {len(tables)} tables are back, each compared with the backup.")
        if restored.erased:
            who = "1 person" if restored.erased == 1 else f"{restored.erased} people"
            self.stdout.write(f"{who} who had been erased since were erased again.")
