"""Long files are made one at a time beside the worker, which goes on sending mail meanwhile.

Whoever makes one holds a lock of the operating system, which lets go when they die: what is not made then is nobody's,
and is begun again.
"""

import fcntl
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connections
from django.utils import timezone, translation

from hubcraft.apps.facilitation.actions import making as actions
from hubcraft.apps.facilitation.exports.files import Tell, write_file
from hubcraft.apps.facilitation.exports.harvest import harvest_of
from hubcraft.apps.facilitation.exports.wording import wording_of
from hubcraft.apps.facilitation.queries import making as queries
from hubcraft.apps.facilitation.queries.making import FULL, Fault
from hubcraft.apps.insights.exports import hub_of
from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.exporting.report import Report

log = logging.getLogger(__name__)

# Describes what a file holds for who asked for it, at the moment of making.
DESCRIBE: Final[dict[str, Callable[..., Report]]] = {
    "harvest": harvest_of,
    "hub": hub_of,
    "wording": wording_of,
}
# What took its maker down so often is given up.
MOST_TURNS = 3
# How much of the work is to read what a file holds, and how often somebody hears how far it is.
READING, SECONDS_BETWEEN = 0.5, 1.0
PART = ".part"


@dataclass
class Running:
    """Who makes files beside this worker, while there are some to make."""

    thread: threading.Thread | None = None


RUNNING = Running()


def start_when_due(*, at: datetime) -> None:
    """Forget what is old, and begin what was asked for."""
    if RUNNING.thread is not None and RUNNING.thread.is_alive():
        return
    clear_away(at)
    if queries.next_to_make() is not None:
        RUNNING.thread = threading.Thread(target=make_beside, name="files", daemon=True)
        RUNNING.thread.start()


def finish() -> None:
    """Wait until they are made."""
    if RUNNING.thread is not None:
        RUNNING.thread.join()


def make_beside() -> None:
    """In a thread of its own, with connections of its own."""
    try:
        make_all()
    except Exception:
        log.exception("Files could not be made; they are tried again.")
    finally:
        connections.close_all()


def make_all() -> None:
    """Every file that was asked for, one after the other; nothing while somebody else makes them."""
    with alone() as is_alone:
        while is_alone and (file := queries.next_to_make()):
            make(file)


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else makes files here, held until the end."""
    queries.all_folders().mkdir(mode=0o700, exist_ok=True)
    handle = os.open(queries.all_folders() / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def make(file) -> None:
    """One file, or why there is none."""
    fault = ""
    try:
        if file.turns >= MOST_TURNS:
            fault = Fault.OTHER
        else:
            actions.begin_file(file_id=file.id)
            write(file)
    except (NotThere, Refused):
        fault = Fault.GONE
    except OSError as error:
        log.exception("The file %s could not be written.", file.id)
        fault = Fault.DISK if error.errno in FULL else Fault.OTHER
    except Exception:
        log.exception("The file %s could not be made.", file.id)
        fault = Fault.OTHER
    if fault:
        shutil.rmtree(queries.folder_of(file.id), ignore_errors=True)
    actions.end_file(file_id=file.id, fault=fault, at=timezone.now())


def write(file) -> None:
    """Describe it and write it: whole under its name, or not at all."""
    with translation.override(file.language):
        report = DESCRIBE[file.of](
            place=file.place,
            whose=file.whose,
            size=file.size,
            at=timezone.now(),
            tell=telling(file.id, 0, READING),
        )
        taken = write_file(report, file.kind, telling(file.id, READING, 1 - READING))
    folder = queries.folder_of(file.id)
    folder.mkdir(mode=0o700, exist_ok=True)
    part = folder / PART
    with part.open("wb") as written:
        written.write(taken.content)
        written.flush()
        os.fsync(written.fileno())
    part.rename(folder / taken.name)


def telling(file_id: str, begin: float, share: float) -> Tell:
    """Keeps how far it is, once a second."""
    last = time.monotonic()

    def tell(done: float) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            actions.note_progress(file_id=file_id, done=round(100 * (begin + share * done)))

    return tell


def clear_away(at: datetime) -> None:
    """Files whose time is over, and folders of files that nobody may ask for any more."""
    actions.forget_files(at=at)
    with suppress(FileNotFoundError):
        for folder in filter(Path.is_dir, list(queries.all_folders().iterdir())):
            if not queries.is_known(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
