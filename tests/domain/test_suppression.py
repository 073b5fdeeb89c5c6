"""What may leave a team: every board of 5 to 12 people, and every pair of rooms a viewer could tell apart."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcraft.domain.suppression import (
    Band,
    Coded,
    Joined,
    Paper,
    Published,
    Reason,
    Withheld,
    board_counts,
    joined_counts,
    projected_total,
    room_total,
    told_in_batches,
)

ANSWERS = ("really-need-to", "could-get-better", "pretty-good", "great", "not-sure", "does-not-apply")
Board = dict[str, int]


def boards(people: int, answers: tuple[str, ...] = ANSWERS) -> Iterator[Board]:
    """Every way in which so many people can give these answers."""
    if len(answers) == 1:
        yield {answers[0]: people}
        return
    for first in range(people + 1):
        for rest in boards(people - first, answers[1:]):
            yield {answers[0]: first, **rest}


@pytest.mark.parametrize("n", range(5))
def test_fewer_than_five_answers_are_withheld(n: int) -> None:
    assert {board_counts(board) for board in boards(n)} == {Withheld(Reason.TOO_FEW_PEOPLE)}


@pytest.mark.parametrize("n", range(5, 13))
def test_published_counts_are_the_counts_and_never_all_or_all_but_one(n: int) -> None:
    shown = [(board, board_counts(board)) for board in boards(n)]
    published = [(board, view.value) for board, view in shown if isinstance(view, Published)]
    assert all(value == board for board, value in published)
    assert max(max(value.values()) for _, value in published) == n - 2


@pytest.mark.parametrize("n", range(5, 13))
def test_coded_never_tells_all_from_all_but_one(n: int) -> None:
    behind: dict[Coded, list[Board]] = {}
    for board in boards(n):
        view = board_counts(board)
        if isinstance(view, Coded):
            behind.setdefault(view, []).append(board)
    assert set(behind) == {Coded(Band.NEARLY_ALL, answer) for answer in ANSWERS}
    for view, possible in behind.items():
        assert sorted(board[view.answer] for board in possible) == [n - 1] * 5 + [n]


@pytest.mark.parametrize("n", range(5, 13))
def test_who_agrees_with_nearly_all_can_pin_down_nobody_else(n: int) -> None:
    """One of the many sees Coded and takes their own answer away: each other person may still be the odd one."""
    possible = [board for board in boards(n) if board_counts(board) == Coded(Band.NEARLY_ALL, "great")]
    others = [{**board, "great": board["great"] - 1} for board in possible]
    assert {other["great"] for other in others} == {n - 1, n - 2}
    assert {answer for other in others for answer in other if other[answer]} == set(ANSWERS)


def test_not_sure_and_does_not_apply_are_answers() -> None:
    board = {"pretty-good": 2, "great": 1, "not-sure": 1, "does-not-apply": 1}
    assert board_counts(board) == Published(board)


def test_a_floor_may_be_raised_but_not_lowered() -> None:
    board = {"pretty-good": 3, "great": 3}
    assert board_counts(board, floor=7) == Withheld(Reason.TOO_FEW_PEOPLE)
    with pytest.raises(ValueError, match="never lowered"):
        board_counts(board, floor=4)


def test_what_is_published_does_not_change_with_the_board_it_came_from() -> None:
    board = {"pretty-good": 3, "great": 3}
    view = board_counts(board)
    board["great"] = 9
    assert view == Published({"pretty-good": 3, "great": 3})


def test_two_teams_of_three_are_no_total_for_one_of_them() -> None:
    room = {"oak": 3, "elm": 3}
    assert room_total(room) == Published(6)
    assert room_total(room, ["oak"]) == Withheld(Reason.TOO_FEW_OTHERS)


def test_one_other_team_is_no_crowd_however_large() -> None:
    assert room_total({"oak": 3, "elm": 30}, ["oak"]) == Withheld(Reason.TOO_FEW_OTHERS)
    assert room_total({"oak": 3, "elm": 30, "ash": 1}, ["oak"]) == Published(34)


def test_who_sits_in_two_teams_takes_both_away() -> None:
    room = {"oak": 4, "elm": 4, "ash": 3, "fir": 1}
    assert room_total(room, ["oak"]) == Published(12)
    assert room_total(room, ["oak", "elm"]) == Withheld(Reason.TOO_FEW_OTHERS)


def test_people_who_are_alone_are_teams_of_one() -> None:
    assert room_total({f"alone-{seat}": 1 for seat in range(6)}, ["alone-0"]) == Published(6)


def test_fewer_than_five_in_the_whole_room_are_too_few() -> None:
    assert room_total({"oak": 2, "elm": 2}) == Withheld(Reason.TOO_FEW_PEOPLE)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9)), st.sets(st.sampled_from("abcdefg")))
def test_a_total_shown_leaves_five_people_in_two_teams_after_subtraction(
    room: dict[str, int], seen: set[str]
) -> None:
    others = [people for team, people in room.items() if team not in seen and people]
    is_shown = isinstance(room_total(room, seen), Published)
    assert is_shown == (sum(others) >= 5 and len(others) >= 2)


def test_a_projected_total_holds_for_the_members_of_every_team() -> None:
    for sizes in product(range(8), repeat=3):
        room = dict(zip("abc", sizes, strict=True))
        is_shown = isinstance(projected_total(room), Published)
        assert is_shown == all(isinstance(room_total(room, [team]), Published) for team in room)


def test_an_empty_room_has_no_total() -> None:
    assert projected_total({}) == Withheld(Reason.TOO_FEW_PEOPLE)


def test_finished_is_told_in_threes_or_when_all_have() -> None:
    assert [told_in_batches(finished, 8) for finished in range(9)] == [0, 0, 0, 3, 3, 3, 6, 6, 8]


@pytest.mark.parametrize(("finished", "of", "batch"), [(-1, 5, 3), (6, 5, 3), (1, 5, 0)])
def test_a_batch_that_cannot_be_is_refused(finished: int, of: int, batch: int) -> None:
    with pytest.raises(ValueError):
        told_in_batches(finished, of, batch)


@pytest.mark.parametrize("room", [{"oak": -1, "elm": 9}])
def test_negative_counts_are_refused(room: dict[str, int]) -> None:
    for judge in (board_counts, room_total, projected_total):
        with pytest.raises(ValueError, match="fewer than no people"):
            judge(room)


FEW_ANSWERS = ANSWERS[:3]


@pytest.mark.parametrize(("on_devices", "on_paper"), list(product(range(8), range(8))))
def test_whoever_knows_the_paper_learns_from_the_board_only_what_may_be_told_of_the_devices(
    on_devices: int, on_paper: int
) -> None:
    for placed, paper in product(boards(on_devices, FEW_ANSWERS), boards(on_paper, FEW_ANSWERS)):
        joined = joined_counts(placed, paper)
        match joined.paper:
            case Paper.SOME:
                assert isinstance(board_counts(placed), Published)
                assert joined.counts == {answer: placed[answer] + paper[answer] for answer in FEW_ANSWERS}
            case Paper.ALL | Paper.ONLY:
                assert joined.counts == paper and on_paper >= on_devices
            case Paper.NONE | Paper.LEFT_OUT:
                assert joined.counts == placed and (on_devices > on_paper or not on_paper)


def test_one_part_alone_says_whether_the_other_is_left_out() -> None:
    few, many = {"great": 1, "pretty-good": 0}, {"great": 3, "pretty-good": 4}
    nobody: dict[str, int] = {"great": 0, "pretty-good": 0}
    assert joined_counts(few, many) == Joined(many, Paper.ONLY)
    assert joined_counts(nobody, many) == Joined(many, Paper.ALL)
    assert joined_counts({"great": 8, "pretty-good": 0}, few) == Joined(
        {"great": 8, "pretty-good": 0}, Paper.LEFT_OUT
    )
    assert joined_counts(many, nobody) == Joined(many, Paper.NONE)
