"""May I? Allowed, or refused with a sentence."""

import pytest

from hubcraft.domain.verdict import NotThere, Refused, Verdict, allow, insist, refuse


def test_who_is_allowed_goes_on() -> None:
    assert allow() == Verdict(is_allowed=True, sentence="")
    assert bool(allow())
    insist(allow())


def test_who_is_refused_hears_why() -> None:
    verdict = refuse("This room is closed.")
    with pytest.raises(Refused) as refused:
        insist(verdict)
    assert refused.value.verdict is verdict
    assert str(refused.value) == "This room is closed."
    assert not verdict


def test_what_is_not_there_is_no_refusal() -> None:
    assert not issubclass(NotThere, Refused)
