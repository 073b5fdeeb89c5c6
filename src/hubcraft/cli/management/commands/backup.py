"""`hubcraft backup [folder|file]`: everything in one file, while the product runs; with --prove, one is tried."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db.utils import DatabaseError
from django.utils import timezone

from hubcraft.cli import keeping, proving
from hubcraft.cli.archive import Manifest, Unusable


class Command(BaseCommand):
    help = "Write everything into one file; people may go on working meanwhile."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "target", nargs="?", type=Path, help="folder or file (default: backups/ in the data folder)"
        )
        parser.add_argument(
            "--prove",
            action="store_true",
            help="restore the newest (or this) backup into an empty place and compare every table",
        )

    def handle(self, *, target: Path | None, prove: bool, **options):
        target = target or settings.DATA / "backups"
        if prove:
            # People who are at work come first; and this process serves nobody, so it needs no writer beside it.
            os.nice(10)
            settings.HUBCRAFT_WRITES_INLINE = True
        try:
            path, manifest = (proving.prove if prove else keeping.back_up)(target, timezone.now())
        except Unusable as fault:
            raise CommandError(str(fault)) from None
        except DatabaseError as fault:
            raise CommandError(f"There is nothing to back up in {settings.DATA} yet ({fault}).") from None
        except OSError as fault:
            raise CommandError(
                f"The backup could not be written: {fault.strerror} ({fault.filename})."
            ) from None
        self.tell(path, manifest, is_proven=prove)

    def tell(self, path: Path, manifest: Manifest, *, is_proven: bool) -> None:
        """Which file, how much is in it, and what is not."""
        rows = sum(table.rows for table in manifest.tables)
        self.stdout.write(f"{path}")
        what = f"{rows} rows of {len(manifest.tables)} tables"
        if is_proven:
            self.stdout.write(f"{what} came back into an empty place, and all are as they were.")
            return
        self.stdout.write(f"{what}, {path.stat().st_size} bytes, read again and compared.")
        self.stdout.write(
            "The secret key is not in it: keep secret.key from the data folder in another safe place."
        )
