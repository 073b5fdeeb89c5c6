"""May somebody see or do this? Allowed, or refused with a sentence that says what to do."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer to "may I?"; `sentence` is for a person to read and empty when allowed. True when allowed."""

    is_allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.is_allowed


_ALLOWED: Final = Verdict(is_allowed=True)


def allow() -> Verdict:
    """The verdict that lets someone through."""
    return _ALLOWED


def refuse(sentence: str) -> Verdict:
    """The verdict that stops someone; the sentence (a lazy translation will do) says why and what to do."""
    return Verdict(is_allowed=False, sentence=sentence)


class Refused(Exception):
    """An insider asked for what they may not have; pages answer with the verdict's sentence."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict

    def __str__(self) -> str:
        return str(self.verdict.sentence)


class NotThere(Exception):
    """There is no such thing for this viewer; outsiders get the answer of a thing that never was."""


def insist(verdict: Verdict) -> None:
    """Go on only if allowed. Raises Refused carrying the verdict otherwise."""
    if not verdict.is_allowed:
        raise Refused(verdict)
