"""A file that takes longer to make than somebody waits: asked for, on its way, made, forgotten."""

from datetime import datetime

from hubcraft.apps.audit.retention import over_since
from hubcraft.apps.facilitation import policy
from hubcraft.apps.facilitation.models import MadeFile
from hubcraft.domain.verdict import insist
from hubcraft.web.writer import writes


@writes
def ask_for_file(
    *, of: str, place: str, whose: str, kind: str, size: str, language: str, at: datetime
) -> str:
    """One is on its way from now on; asked again meanwhile, it is the same one. Answers with its key."""
    insist(policy.can_ask_for_file(MadeFile.objects.filter(whose=whose).count()))
    file, _is_new = MadeFile.objects.get_or_create(
        of=of,
        place=place,
        whose=whose,
        kind=kind,
        size=size,
        language=language,
        ended_at=None,
        defaults={"asked_at": at},
    )
    return file.id


@writes
def begin_file(*, file_id: str) -> None:
    """It is being made, perhaps once more after whoever made it died."""
    file = MadeFile.objects.filter(id=file_id).first()
    if file is not None:
        MadeFile.objects.filter(id=file_id).update(turns=file.turns + 1, done=0)


@writes
def note_progress(*, file_id: str, done: int) -> None:
    """So much of a hundred is done."""
    MadeFile.objects.filter(id=file_id, ended_at=None).update(done=done)


@writes
def end_file(*, file_id: str, fault: str = "", at: datetime) -> None:
    """It is there, or never will be."""
    done = {} if fault else {"done": 100}
    MadeFile.objects.filter(id=file_id).update(ended_at=at, fault=fault, **done)


@writes
def forget_files(*, at: datetime) -> None:
    """What was asked for so long ago is kept no longer."""
    MadeFile.objects.filter(asked_at__lt=over_since("file", at)).delete()
