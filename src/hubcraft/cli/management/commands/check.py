"""`hubcraft check`: is this machine and this place fit to run on?"""

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import check
from django.db import connection

from hubcraft.cli import fitness


class Command(check.Command):
    help = "Check this machine, the data folder, the database and the product's own set-up."

    def handle(self, *app_labels, **options):
        super().handle(*app_labels, **options)
        faults = fitness.list_faults()
        if faults:
            raise CommandError("\n".join(faults))
        promise = "NOT synced to disk" if fitness.is_reckless() else "every commit synced to disk"
        self.stdout.write(f"{engine()}, {promise}.")
        self.stdout.write(f"Data folder: {settings.DATA}")
        self.stdout.write(f"Open files allowed: {fitness.raise_file_limit()}")


def engine() -> str:
    """The database by name and version."""
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        return f"SQLite {sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version // 10000}"
