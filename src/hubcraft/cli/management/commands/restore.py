"""`hubcraft restore <file>`: a backup back into an empty place, on either engine."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import timezone

from hubcraft.cli import fitness, keeping, place
from hubcraft.cli.archive import Unusable


class Command(BaseCommand):
    help = "Bring a backup back. A place that holds something is refused, unless --replace is said."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="the backup file")
        parser.add_argument("--replace", action="store_true", help="back up what is here, then replace it")

    def handle(self, *, source: Path, replace: bool, **options):
        with place.held("restore"):
            faults = fitness.folder_faults(place.settings.DATA)
            if faults:
                raise CommandError("\n".join(faults))
            try:
                manifest, before = keeping.restore(source, replace=replace, at=timezone.now())
            except Unusable as fault:
                raise CommandError(str(fault)) from None
            except IntegrityError as fault:
                raise CommandError(
                    f"The rows of this backup do not fit together: nothing was changed ({fault})."
                ) from None
        if before is not None:
            self.stdout.write(f"What was here is kept in {before}")
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(
            f"{rows} rows of {len(manifest.tables)} tables are back, each compared with the backup."
        )
