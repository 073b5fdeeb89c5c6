"""Is this machine and this place fit to run on? Each fault is a sentence that says what to do."""

import os
import resource
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError, OperationalError

# Earlier versions can damage the file when two processes write and checkpoint at the same moment.
OLDEST_SQLITE = (3, 51, 3)


def list_faults() -> list[str]:
    """Everything that must be mended before a start."""
    faults = [*folder_faults(settings.DATA), *secret_faults()]
    if not faults:
        faults += sqlite_faults() if connection.vendor == "sqlite" else postgres_faults()
    return faults


def folder_faults(folder: Path) -> list[str]:
    probe = folder / f".writable-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("ok")
        probe.unlink()
    except OSError as fault:
        return [
            f"The data folder {folder} can't be written to ({fault.strerror}). Choose another with HUBCRAFT_DATA."
        ]
    return []


def secret_faults() -> list[str]:
    # Django itself refuses to hand out an empty one.
    if len(settings.SURROUNDINGS.secret_key) < 32:
        return [
            "The secret key is missing or shorter than 32 characters. Remove the empty secret.key from the data"
            " folder to have one made, or set HUBCRAFT_SECRET_KEY."
        ]
    return []


def sqlite_faults() -> list[str]:
    from sqlite3 import sqlite_version, sqlite_version_info

    if sqlite_version_info < OLDEST_SQLITE:
        return [
            f"SQLite {sqlite_version} can lose data when two processes write at once; 3.51.3 or newer is needed."
            " Run bin/hubcraft, which installs it."
        ]
    try:
        found = {name: pragma(name) for name in ("journal_mode", "synchronous", "mmap_size", "foreign_keys")}
    except OperationalError as fault:
        return [f"The database {settings.DATABASES['default']['NAME']} can't be opened ({fault})."]
    except DatabaseError as fault:
        return [
            f"The file {settings.DATABASES['default']['NAME']} is not a database or is damaged ({fault})."
            " Put it aside and restore the last backup."
        ]
    wanted = {"journal_mode": "wal", "synchronous": 2, "mmap_size": 0, "foreign_keys": 1}
    if is_reckless():
        del wanted["synchronous"]
    return [
        f"SQLite runs with {name}={found[name]}, but {value} is needed so that nothing acknowledged is lost."
        + (
            " Is the data folder on a network drive? It must be a local one."
            if name == "journal_mode"
            else ""
        )
        for name, value in wanted.items()
        if found[name] not in {value, None}
    ]


def pragma(name: str) -> str | int | None:
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


def postgres_faults() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
            synchronous, fsync = cursor.fetchone()
    except OperationalError as fault:
        return [f"PostgreSQL can't be reached: {str(fault).strip()}. Look at HUBCRAFT_DATABASE_URL."]
    if "off" in {synchronous, fsync} and not is_reckless():
        return [f"PostgreSQL runs with synchronous_commit={synchronous} and fsync={fsync}: both must be on."]
    return []


def is_reckless() -> bool:
    """Somebody said HUBCRAFT_SYNCHRONOUS=OFF: benches and tests may, an installation must not."""
    return settings.SURROUNDINGS.synchronous.upper() == "OFF"


def raise_file_limit() -> int:
    """Let this process hold as many streams as the machine allows; answer the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard
