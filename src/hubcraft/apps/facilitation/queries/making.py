"""Files on their way, and where they lie once they are made."""

import errno
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from hubcraft.apps.audit.retention import rules
from hubcraft.apps.facilitation.models import MadeFile
from hubcraft.domain.verdict import NotThere

Fault = MadeFile.Fault
FULL: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class MadeFilePage:
    """How far a file is, for whoever asked for it."""

    id: str
    kind: str
    done: int
    # Where it lies; None until it is made, and where it is no longer there.
    path: Path | None
    until: datetime
    why_not: str

    @property
    def is_on_its_way(self) -> bool:
        return self.path is None and not self.why_not


def made_file(file_id: str, *, of: str, place: str, whose: str) -> MadeFilePage:
    """A file of this page, for the one who asked for it; for everybody else there is none."""
    file = MadeFile.objects.filter(id=file_id, of=of, place=place, whose=whose).first()
    if file is None:
        raise NotThere
    until = file.asked_at + timedelta(days=rules()["file"].days or 0)
    path = path_of(file) if file.ended_at and not file.fault else None
    return MadeFilePage(file.id, file.kind, file.done, path, until, why_not(file, path))


def why_not(file: MadeFile, path: Path | None) -> str:
    """Why it never came, in a sentence; empty where it did, or will."""
    if file.ended_at is None or path is not None:
        return ""
    if file.fault == Fault.DISK:
        return _("The disk of this place is full. Tell whoever looks after it, then ask again.")
    if file.fault == Fault.GONE:
        return _("What it was to hold is no longer there for you.")
    return _("It could not be made. Ask again; if that does not help, take another kind of file.")


def folder_of(file_id: str) -> Path:
    """A folder of its own with a name that nobody guesses; the file in it has its name for people."""
    return all_folders() / file_id


def all_folders() -> Path:
    return settings.DATA / "files"


def path_of(file: MadeFile) -> Path | None:
    """Where it lies, if it does."""
    return next((it for it in folder_of(file.id).glob(f"*.{file.kind}")), None)


def next_to_make() -> MadeFile | None:
    """Who asked first is served first."""
    return MadeFile.objects.filter(ended_at=None).order_by("asked_at", "id").first()


def is_known(file_id: str) -> bool:
    """Whether anybody may still ask for it."""
    return MadeFile.objects.filter(id=file_id).exists()
