"""`hubcraft backup [folder|file]`: everything in one file, while the product runs."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.utils import DatabaseError
from django.utils import timezone

from hubcraft.cli import keeping
from hubcraft.cli.archive import Unusable


class Command(BaseCommand):
    help = "Write everything into one file; people may go on working meanwhile."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "target", nargs="?", type=Path, help="folder or file (default: backups/ in the data folder)"
        )

    def handle(self, *, target: Path | None, **options):
        try:
            path, manifest = keeping.back_up(target or settings.DATA / "backups", timezone.now())
        except Unusable as fault:
            raise CommandError(str(fault)) from None
        except DatabaseError as fault:
            raise CommandError(f"There is nothing to back up in {settings.DATA} yet ({fault}).") from None
        except OSError as fault:
            raise CommandError(
                f"The backup could not be written: {fault.strerror} ({fault.filename})."
            ) from None
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(f"{path}")
        self.stdout.write(
            f"{rows} rows of {len(manifest.tables)} tables, {path.stat().st_size} bytes, read again and proven."
        )
        self.stdout.write(
            "The secret key is not in it: keep secret.key from the data folder in another safe place."
        )
