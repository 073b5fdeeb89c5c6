"""The data folder as a place that one server at a time lives in, and what is done there before a start."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# A server that was told to stop may hold the place this long.
ENDING_TAKES = 4.0


@contextmanager
def held(purpose: str) -> Iterator[int]:
    """Hold the place: a second server, or a restore under a running one, is refused.

    Answers the descriptor that holds it. Whoever inherits it holds the place too, so it is free only when the
    last process of a server that was cut down is gone.
    """
    with (settings.DATA / "in-use").open("a+") as file:
        if not is_taken(file.fileno()):
            raise CommandError(
                f"Hubcraft already runs in {settings.DATA}. Stop it before you {purpose}, or use another folder"
                " with --data."
            )
        yield file.fileno()


def is_taken(descriptor: int) -> bool:
    """Take the lock; wait a moment for a server that is just ending."""
    until = time.monotonic() + ENDING_TAKES
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)


def migrate(at: datetime) -> None:
    """Bring the database to this version; keep a copy of the SQLite file as it was before."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    known = set(executor.loader.disk_migrations)
    foreign = {
        key for key in executor.loader.applied_migrations if key not in known and key[0] in own_labels()
    }
    if foreign:
        app, name = sorted(foreign)[0]
        raise CommandError(
            f"This data was written by a newer Hubcraft (it has {app} {name}). Start that version, or restore the"
            " backup made before the upgrade."
        )
    if not executor.migration_plan(leaves):
        return
    name = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and executor.loader.applied_migrations:
        copy_sqlite(name, name.with_name(f"before-upgrade-{at:%Y%m%d-%H%M%S}.sqlite3"))
    call_command("migrate", interactive=False, verbosity=0)


def own_labels() -> set[str]:
    from django.apps import apps

    return {app.label for app in apps.get_app_configs() if app.name.startswith("hubcraft.")}


def copy_sqlite(source: Path, target: Path) -> None:
    """A whole and consistent copy, also while others write."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)
    sync(target)


def sync(path: Path) -> None:
    """Bring a file, and its name in its folder, to the disk."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
