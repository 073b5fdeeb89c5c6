"""A backup is proven by restoring it: into an empty place of its own, by the very commands that a bad day needs."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hubcraft.apps.people.queries import list_administrators
from hubcraft.apps.upkeep import actions, queries
from hubcraft.cli import archive, keeping
from hubcraft.cli.archive import Manifest, Unusable

log = logging.getLogger(__name__)

RECENT = timedelta(days=7)
# Of the backups made for want of a recent one, so many stay.
KEPT = 4
OWN = "weekly-"
PLACE = ".proof-"


@dataclass
class Running:
    """The proof that this worker has started, while it runs."""

    process: subprocess.Popen | None = None


RUNNING = Running()


def start_when_due(*, at: datetime) -> None:
    """Start a proof beside the worker, which goes on sending mail meanwhile."""
    if RUNNING.process is not None and RUNNING.process.poll() is None:
        return
    first = list_administrators().order_by("made_at").first()
    if queries.is_due(since=first.made_at if first else None, at=at):
        command = [sys.executable, "-m", "hubcraft.cli", "backup", "--prove"]
        RUNNING.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def prove(target: Path, at: datetime) -> tuple[Path, Manifest]:
    """Prove a backup and keep what was found, good or bad. A folder stands for the newest one in it."""
    people = [(it.email, it.language) for it in list_administrators()]
    proof = actions.begin_proof(at=at)
    path = target
    try:
        path = choose(target, at)
        manifest = restore_and_compare(path)
    except (Unusable, OSError) as fault:
        log.error("The backup %s is not proven: %s", path.name, fault)
        found = {"backup": path.name, "fault": str(fault)}
        actions.end_proof(proof_id=proof, at=timezone.now(), tell=people, **found)
        raise
    actions.end_proof(
        proof_id=proof,
        at=timezone.now(),
        backup=path.name,
        backed_up_at=datetime.fromisoformat(manifest.made_at),
        tables=len(manifest.tables),
        rows=sum(table.rows for table in manifest.tables),
    )
    return path, manifest


def choose(target: Path, at: datetime) -> Path:
    """The newest backup there; where there is none of this week, one is made first."""
    if target.suffix and not target.is_dir():
        return target
    found = sorted(target.glob("*.backup.zip"), key=lambda path: path.stat().st_mtime)
    if found and at.timestamp() - found[-1].stat().st_mtime < RECENT.total_seconds():
        return found[-1]
    target.mkdir(parents=True, exist_ok=True)
    made, _ = keeping.back_up(target / f"{OWN}{at:%Y%m%d-%H%M%S}.backup.zip", at)
    for old in sorted(target.glob(f"{OWN}*.backup.zip"))[:-KEPT]:
        old.unlink()
    return made


def restore_and_compare(path: Path) -> Manifest:
    """Restore the file into an empty place, back that up again, and compare what both hold, table by table.

    The place is on SQLite whatever the engine here is: a backup is the same for both.
    """
    with archive.open_archive(path) as read:
        manifest = archive.read_manifest(read)
    clear_away()
    place = Path(tempfile.mkdtemp(prefix=PLACE, dir=settings.DATA))
    try:
        again = place / "again.backup.zip"
        run("restore", str(path.resolve()), place=place)
        run("backup", str(again), place=place)
        with archive.open_archive(again) as read:
            there = archive.read_manifest(read)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    # An older backup was compared before it was brought forward; afterwards its tables are other ones.
    if manifest.migrations == there.migrations:
        compare(manifest, there)
    return manifest


def compare(manifest: Manifest, there: Manifest) -> None:
    """Every table with its rows and what is in them."""
    held, back = ({it.label: (it.rows, it.content) for it in one.tables} for one in (manifest, there))
    if wrong := sorted(label for label in held.keys() | back.keys() if held.get(label) != back.get(label)):
        raise Unusable(f"It came back, but not as it was: {', '.join(wrong)}.")


def clear_away() -> None:
    """Places that were left when the power failed."""
    for left in settings.DATA.glob(f"{PLACE}*"):
        if time.time() - left.stat().st_mtime > RECENT.total_seconds():
            shutil.rmtree(left, ignore_errors=True)


def run(*words: str, place: Path) -> None:
    """One command in that place; what it refuses is what a bad day would have said."""
    around = {name: value for name, value in os.environ.items() if name != "HUBCRAFT_DATABASE_URL"}
    # Thrown away at once: nothing needs to survive a power cut.
    around |= {"HUBCRAFT_DATA": str(place), "HUBCRAFT_SYNCHRONOUS": "OFF"}
    command = [sys.executable, "-m", "hubcraft.cli", *words]
    answer = subprocess.run(
        command, env=around, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        said = answer.stderr.strip().splitlines() or ["It ended without a word."]
        raise Unusable(said[-1].removeprefix("CommandError: "))
