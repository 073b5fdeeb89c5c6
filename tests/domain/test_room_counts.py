"""A whole room's answers: no team's own answers follow from them, whichever team one knows already."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubcraft.domain.suppression import (
    Band,
    Coded,
    Published,
    Reason,
    Share,
    Withheld,
    projected_total,
    room_counts,
    shares,
)

Room = dict[str, dict[str, int]]
ANSWERS = ("better", "good", "great")
ROOMS = st.dictionaries(
    st.sampled_from(("oak", "elm", "ash", "fir", "yew")),
    st.fixed_dictionaries({answer: st.integers(0, 4) for answer in ANSWERS}),
    min_size=2,
)


def changed(room: Room, team: str, before: str, after: str) -> Room:
    """The room in which one person of this team had answered otherwise."""
    tally = {**room[team], before: room[team][before] - 1}
    return {**room, team: {**tally, after: tally[after] + 1}}


def others_like(room: Room, among: list[str]) -> Iterator[Room]:
    """Rooms of the same sizes: one person of these teams answered otherwise, or two had each other's answer."""
    for one, mine, yours in product(among, ANSWERS, ANSWERS):
        if mine != yours and room[one][mine]:
            once = changed(room, one, mine, yours)
            yield once
            yield from (
                changed(once, other, yours, mine) for other in among if other != one and room[other][yours]
            )


@given(ROOMS)
@settings(max_examples=400)
def test_no_team_follows_from_the_room_and_a_team_one_knows(room: Room) -> None:
    """For whoever knows one team, or none: each other team's answers could be others, and they would read the same."""
    told = room_counts(room)
    for known in (None, *room):
        others = [team for team in room if team != known and sum(room[team].values())]
        alike = [other for other in others_like(room, others) if room_counts(other) == told]
        for team in others:
            assert any(other[team] != room[team] for other in alike), (known, team, room)


@given(ROOMS)
def test_published_counts_are_the_counts_and_hold_for_every_team(room: Room) -> None:
    told = room_counts(room)
    if isinstance(told, Published):
        assert told.value == {answer: sum(tally[answer] for tally in room.values()) for answer in ANSWERS}
        assert isinstance(projected_total({team: sum(it.values()) for team, it in room.items()}), Published)
        for mine in room.values():
            left = [told.value[answer] - mine[answer] for answer in ANSWERS]
            assert max(left) <= sum(left) - 2


@given(ROOMS)
def test_most_is_more_than_half(room: Room) -> None:
    told = room_counts(room)
    if isinstance(told, Coded):
        counts = [sum(tally[answer] for tally in room.values()) for answer in ANSWERS]
        assert 2 * counts[ANSWERS.index(told.answer)] > sum(counts)


def test_two_teams_of_three_are_withheld_and_three_are_not() -> None:
    room = {"oak": {"good": 2, "great": 1}, "elm": {"good": 1, "great": 2}}
    assert room_counts(room) == Withheld(Reason.TOO_FEW_OTHERS)
    room = {team: {"good": 1, "better": 1, "great": 1} for team in ("oak", "elm", "ash")}
    assert room_counts(room) == Published({"good": 3, "better": 3, "great": 3})


def test_others_who_could_all_have_answered_alike_are_told_in_words_or_not_at_all() -> None:
    """Whoever knows oak would know what each of the five others answered."""
    assert room_counts({"oak": {"good": 5}, "elm": {"great": 3}, "ash": {"great": 2}}) == Withheld(
        Reason.TOO_FEW_OTHERS
    )
    room = {"oak": {"good": 2, "great": 1}, "elm": {"great": 3}, "ash": {"great": 3}}
    assert room_counts(room) == Coded(Band.MOST, "great")
    assert room_counts({**room, "fir": {"good": 3}}) == Published({"good": 5, "great": 7})


def test_a_room_of_one_mind_is_told_like_a_room_of_nearly_one() -> None:
    room = {"oak": {"good": 3}, "elm": {"good": 3}, "ash": {"good": 2, "great": 1}}
    assert room_counts(room) == Coded(Band.MOST, "good")
    assert room_counts({**room, "ash": {"good": 3}}) == Coded(Band.MOST, "good")
    assert room_counts({**room, "elm": {"good": 1, "great": 2}}) == Coded(Band.MOST, "good")


@pytest.mark.parametrize("room", [{}, {"oak": {}}, {"oak": {"good": 2}, "elm": {"great": 2}}])
def test_a_room_of_fewer_than_five_is_withheld(room: Room) -> None:
    assert room_counts(room) == Withheld(Reason.TOO_FEW_PEOPLE)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer than no people"):
        room_counts({"oak": {"good": -1, "great": 9}})


@pytest.mark.parametrize(
    ("count", "of", "share"),
    [
        (0, 12, Share(5, Band.AT_MOST)),
        (1, 12, Share(10, None)),
        (1, 40, Share(5, Band.AT_MOST)),
        (3, 40, Share(10, None)),
        (5, 12, Share(40, None)),
        (6, 12, Share(50, None)),
        (11, 12, Share(90, None)),
        (38, 40, Share(95, Band.AT_LEAST)),
        (12, 12, Share(95, Band.AT_LEAST)),
    ],
)
def test_shares_are_rounded_to_five_and_coded_at_the_ends(count: int, of: int, share: Share) -> None:
    assert shares(Published({"good": count, "great": of - count}))["good"] == share


@given(st.integers(0, 300), st.integers(1, 300))
def test_a_share_is_never_more_than_two_and_a_half_off_unless_it_is_coded(count: int, more: int) -> None:
    share = shares(Published({"good": count, "great": more}))["good"]
    percent = 100 * count / (count + more)
    assert share.band is not None or abs(share.percent - percent) <= 2.5
