"""What changed from one wording to the next, word by word, so that people see it and need not search."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PART = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went, or came; put together, what stayed and came is the new text, to the letter."""

    kind: Literal["same", "gone", "new"]
    words: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one, in reading order; what went stands before what came in its place."""
    was, now = _PART.findall(before), _PART.findall(after)
    found: list[Piece] = []
    for change, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if change == "equal":
            found.append(Piece("same", "".join(now[c:d])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(was[a:b])))
        if c < d:
            found.append(Piece("new", "".join(now[c:d])))
    return tuple(_joined(found))


def has_changed(pieces: tuple[Piece, ...]) -> bool:
    """Whether anything went or came but blanks."""
    return any(it.kind != "same" and it.words.strip() for it in pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A blank that stayed between two changes belongs to both: a sentence that was written anew reads as one."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        gone = new = ""
        while at < len(pieces) and (pieces[at].kind != "same" or ((gone or new) and _is_between(pieces, at))):
            it = pieces[at]
            gone += it.words if it.kind != "new" else ""
            new += it.words if it.kind != "gone" else ""
            at += 1
        found += [Piece("gone", gone)] if gone else []
        found += [Piece("new", new)] if new else []
        if at < len(pieces):
            found.append(pieces[at])
            at += 1
    return found


def _is_between(pieces: list[Piece], at: int) -> bool:
    """Whether only a blank stays here, and a change follows."""
    return not pieces[at].words.strip() and at + 1 < len(pieces)
