"""A look-for is the same in every rubric it is rated in: times are joined by it, sums over hubs are not."""

from datetime import timedelta

import pytest

from hubcraft.apps.frameworks.queries import newest_pack, rubric_of
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.insights.actions import claims, sharing
from hubcraft.apps.insights.models import ReleasedGroup
from hubcraft.apps.insights.queries.above import Above, releases_to, together
from hubcraft.apps.insights.queries.charts import change_charts
from hubcraft.apps.insights.queries.hubs import Boards, hub_page, wave_page
from hubcraft.apps.networks.models import Role
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.reflections.models import Reflection
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
from tests.make import FIRST_DOMAIN, NOW, RIVERBEND, opened, seated

pytestmark = pytest.mark.django_db

PRACTICE = f"{FIRST_DOMAIN}/establish-the-hub-team"
LOOK_FOR = f"{PRACTICE}/diverse-members"
GLANCE = "hub-leadership/*"


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def held(hub, rosa, rubric: str, signs: str, days: int, spread: int = 0) -> Reflection:
    """A hub rates something, some days after the first time: three people, of one mind or spread over the levels."""
    hall = opened(rubric=rubric, has_drafts=True)
    people = seated(hall, "AB", "CD", "EF")
    for at, person in enumerate(people):
        turned = (str((int(sign) + at * spread - 1) % 4 + 1) for sign in signs)
        person.fill("".join(turned))
    hall.reveal()
    claims.claim_team(
        by=people[0].viewer,
        account=account(rosa),
        who=rosa.in_trail,
        seat_id=people[0].seat_id,
        hub_id=hub.id,
        at=NOW,
    )
    then = NOW + timedelta(days=days)
    Reflection.everywhere.filter(id=hall.board(RIVERBEND).id).update(made_at=then, revealed_at=then)
    return Reflection.objects.get(id=hall.board(RIVERBEND).id)


def directions(rosa, hub, reflection) -> list[str]:
    rows = wave_page(account(rosa), hub, reflection, Boards(account(rosa), hub)).practices
    return [row.direction for _title, own in rows for row in own]


def test_a_look_for_is_compared_with_the_last_time_it_was_rated_wherever_that_was(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "22222222222", 0)
    held(hub, rosa, LOOK_FOR, "3", 30)
    whole = held(hub, rosa, FIRST_DOMAIN, "33333333333", 60)
    # The first look-for was at “pretty good” already, when it was rated by itself.
    assert directions(rosa, hub, whole) == ["same", *["up"] * 10]
    [last, one, _first] = hub_page(account(rosa), hub, Boards(account(rosa), hub)).waves
    # On two days: neither is the time before.
    assert last.changed_words == "Since each was last rated: 10 look-fors up, 1 where it was."
    assert one.changed_words == "Since the time before: 1 look-for up."


def test_the_head_of_a_board_names_one_day_only_where_all_of_it_is_compared_with_that(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "22222222222", 0)
    again = held(hub, rosa, FIRST_DOMAIN, "22222222222", 10)
    held(hub, rosa, LOOK_FOR, "3", 30)
    whole = held(hub, rosa, FIRST_DOMAIN, "33333333333", 60)
    reader, boards = signed_in(rosa), f"{hub_address(hub)}boards/"
    assert says(reader.get(f"{boards}{again.id}/"), "The time before:")
    page = reader.get(f"{boards}{whole.id}/")
    assert not says(page, "The time before:")
    assert says(page, "Since each was last rated: 10 look-fors up, 1 where it was.")


def drawn(rosa, hub):
    """The rows of the hub's only chart: the middles that are drawn, and where it says they went."""
    [found] = change_charts(hub, Boards(account(rosa), hub))
    return [([it.middle for it in row.times if it.lowest], row.direction) for row in found.chart.rows]


def test_a_chart_says_up_where_its_points_go_up(hub, rosa):
    for number in range(7):
        held(hub, rosa, FIRST_DOMAIN, "3" * 11, number)
    held(hub, rosa, LOOK_FOR, "1", 10)
    held(hub, rosa, FIRST_DOMAIN, "3" * 11, 20)
    # What it is compared with is drawn, though others share more with it.
    first, *others = drawn(rosa, hub)
    assert first == ([3, 3, 3, 3, 1, 3], "up")
    assert all(row == ([3] * 5, "same") for row in others)


def test_a_chart_without_room_for_all_it_could_compare_with_says_what_it_draws(hub, rosa):
    for number in range(2):
        held(hub, rosa, FIRST_DOMAIN, "3" * 11, number)
    for number, look_for in enumerate(rubric_of(newest_pack().id, FIRST_DOMAIN, "en").look_fors[:6]):
        held(hub, rosa, look_for.key, "1", 10 + number)
    held(hub, rosa, FIRST_DOMAIN, "3" * 11, 20)
    went = drawn(rosa, hub)
    assert [direction for _points, direction in went].count("up") == 4
    for points, direction in went:
        assert direction == ("up" if points[-2] < points[-1] else "same")


def test_what_was_named_and_promised_at_a_glance_leads_to_its_board(hub, rosa):
    hall = opened(rubric=GLANCE)
    people = seated(hall, "AB", "CD", "EF")
    for person in people:
        person.fill("222222")
    hall.reveal()
    once = iter(("1" * 32, "2" * 32))
    words = {"by": people[0].viewer, "seat_id": people[0].seat_id, "look_for": hall.look_fors[0], "at": NOW}
    playbook.name_strategy(once=next(once), words="We meet on Mondays.", how_we_know="", **words)
    improvement.promise(
        once=next(once), is_shared=True, words="Call on Mondays.", owner="", due_on=None, **words
    )
    claims.claim_team(
        by=people[0].viewer,
        account=account(rosa),
        who=rosa.in_trail,
        seat_id=people[0].seat_id,
        hub_id=hub.id,
        at=NOW,
    )
    reader, board = signed_in(rosa), f'href="{hub_address(hub)}boards/{hall.board(RIVERBEND).id}/"'
    home, found = (text_of(reader.get(it)) for it in (hub_address(hub), "/search/?q=mondays"))
    assert home.count(board) == 2
    assert found.count(board) == 2
    assert hall.look_fors[0] not in home + found
    assert reader.get(board[6:-1]).status_code == 200


def test_a_part_is_compared_with_the_whole_and_with_its_drafts_with_what_was_published(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "33333333333", 0)
    assert directions(rosa, hub, held(hub, rosa, PRACTICE, "24", 30)) == ["down", "up"]
    # The draft was not rated before.
    assert directions(rosa, hub, held(hub, rosa, f"{FIRST_DOMAIN}/*", "3" * 12, 60)).count("") == 1


def test_practices_at_a_glance_are_other_rows_than_their_look_fors(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "22222222222", 0)
    glance = held(hub, rosa, GLANCE, "222222", 30)
    assert directions(rosa, hub, glance) == [""] * 6
    assert directions(rosa, hub, held(hub, rosa, GLANCE, "333333", 60)) == ["up"] * 6


def test_a_chart_joins_the_times_and_a_part_has_no_second_one(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "22222222222", 0)
    held(hub, rosa, PRACTICE, "33", 30)
    assert [len(it.chart.rows) for it in change_charts(hub, Boards(account(rosa), hub))] == [2]
    held(hub, rosa, FIRST_DOMAIN, "33333333333", 60)
    [chart] = change_charts(hub, Boards(account(rosa), hub))
    assert [len(chart.chart.rows), len(chart.chart.days)] == [11, 3]
    # What was not on the rubric at one time is said to be so, not kept back.
    assert [row.times[1].words for row in chart.chart.rows].count("not rated") == 9


def test_hubs_with_different_rubrics_are_added_up_apart():
    """Five hubs rate the domain and one a practice of it: no sum has the sixth, on no look-for of both."""
    network = make_network()
    shared = []
    for number in range(6):
        hub = make_hub(network, f"Hub {number}")
        leader = make_account(f"L{number}", hub=hub, role=Role.HUB_LEADER)
        rubric, signs = (PRACTICE, "12") if number == 5 else (FIRST_DOMAIN, str(number % 4 + 1) * 11)
        board = held(hub, leader, rubric, signs, 0, spread=1)
        shared.append(
            sharing.share(
                by=account(leader), who=leader.in_trail, hub=hub, source=board.id, reach="network", at=NOW
            )
        )
    sums = ReleasedGroup.objects.filter(look_for=LOOK_FOR)
    assert sums
    alone = shared[5].frozen_id
    assert not any(alone in it.members for it in sums)
    above = Above(network=network)
    told = {len(it.rows): it.is_told for it in together(above, releases_to(above))}
    assert told == {11: True, 2: False}
