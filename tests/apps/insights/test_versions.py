"""Between versions of a pack a hub's times are joined where its authors allow it; elsewhere a sentence says why not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.formats import date_format

from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.insights.queries.charts import change_charts
from hubcraft.apps.insights.queries.hubs import Boards, hub_page, wave_page
from hubcraft.apps.insights.queries.look_fors import look_for_page
from hubcraft.apps.networks.models import Role
from hubcraft.content import Crosswalk, LookFor, Pack, Text
from hubcraft.domain.crosswalks import Fate, Passage, said
from tests.apps.insights.test_waves import FIRST_DOMAIN, LOOK_FOR, PRACTICE, held
from tests.homes import account, make_account, make_hub, make_network
from tests.make import NOW

pytestmark = pytest.mark.django_db

OTHER = f"{PRACTICE}/convening-power"
WORDS = "Identify members for the hub team with the diverse knowledge, skills, and experiences necessary to"


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


def reworded(
    *passages: Passage, change: Callable[[LookFor], LookFor], days: int = 10, minor: int = 90
) -> Pack:
    """A later version in which each look-for of the first practice is changed; the newest from some day on."""
    pack = pack_of(newest_pack().id)
    first, *others = pack.frameworks
    domain, *domains = first.domains
    practice, *practices = domain.practices
    practice = replace(practice, look_fors=tuple(map(change, practice.look_fors)))
    domain = replace(domain, practices=(practice, *practices))
    later = replace(
        pack,
        version=f"1.{minor}.0",
        crosswalks=(Crosswalk(pack.version, passages),) if passages else (),
        frameworks=(replace(first, domains=(domain, *domains)), *others),
    )
    InstalledPack.objects.create(
        pack=later.id,
        version=later.version,
        digest=later.digest,
        content=later.to_json(),
        installed_at=NOW + timedelta(days=days),
    )
    return later


def other_words(look_for: LookFor) -> LookFor:
    return replace(look_for, source=Text({"en": f"Quite other words than {look_for.key[-4:]}."}, "en"))


def first_only(look_for: LookFor) -> LookFor:
    return other_words(look_for) if look_for.key == LOOK_FOR else look_for


def page_of(rosa, hub, reflection):
    shown = wave_page(account(rosa), hub, reflection, Boards(account(rosa), hub))
    return shown, [row for _title, own in shown.practices for row in own]


def test_the_same_words_join_across_versions(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    reworded(change=lambda look_for: look_for)
    _, rows = page_of(rosa, hub, held(hub, rosa, PRACTICE, "32", 30))
    assert [row.direction for row in rows] == ["up", "same"]


def test_other_words_are_not_compared_and_say_what_was_rated(hub, rosa):
    old = held(hub, rosa, PRACTICE, "22", 0)
    reworded(change=first_only)
    new = held(hub, rosa, PRACTICE, "33", 30)
    page, (seam, same) = page_of(rosa, hub, new)
    assert (seam.direction, seam.is_seam, same.direction) == ("", True, "up")
    day = date_format(old.revealed_at, "j M Y")
    assert seam.words == f"Not compared: on {day} this read “{WORDS} address the problem”."
    assert page.wave.changed_words == "Since the time before: 1 look-for up, 1 not compared."
    # What was rated then is read in its own words.
    assert page_of(rosa, hub, old)[1][0].row.text.startswith(WORDS)
    [chart] = change_charts(hub, Boards(account(rosa), hub))
    assert [[time.words == "other words" for time in row.times] for row in chart.chart.rows] == [
        [True, False],
        [False, False],
    ]
    assert [row.words for row in chart.chart.rows] == ["not compared", "up"]


def test_what_its_authors_call_comparable_is_compared(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    reworded(said(Fate.REWORDED, [LOOK_FOR], [LOOK_FOR], comparable=True), change=first_only)
    _, rows = page_of(rosa, hub, held(hub, rosa, PRACTICE, "33", 30))
    assert [row.direction for row in rows] == ["up", "up"]
    [chart] = change_charts(hub, Boards(account(rosa), hub))
    assert "other words" not in [time.words for row in chart.chart.rows for time in row.times]


def test_what_its_authors_forbid_is_not_compared_though_the_words_are_the_same(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    reworded(said(Fate.REWORDED, [LOOK_FOR], [LOOK_FOR], comparable=False), change=lambda look_for: look_for)
    _, rows = page_of(rosa, hub, held(hub, rosa, PRACTICE, "33", 30))
    assert [(row.direction, row.is_seam) for row in rows] == [("", True), ("up", False)]


def test_a_look_for_that_moved_is_followed_to_its_new_key(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    moved = f"{PRACTICE}/moved"
    reworded(
        said(Fate.REWORDED, [LOOK_FOR], [moved], comparable=True),
        change=lambda it: replace(it, key=moved) if it.key == LOOK_FOR else it,
    )
    _, rows = page_of(rosa, hub, held(hub, rosa, PRACTICE, "33", 30))
    assert [row.row.key for row in rows] == [moved, OTHER]
    assert [row.direction for row in rows] == ["up", "up"]


def test_a_merger_names_what_it_was_made_of(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    reworded(said(Fate.MERGED, [LOOK_FOR, OTHER], [LOOK_FOR]), change=other_words)
    page, (merged, other) = page_of(rosa, hub, held(hub, rosa, PRACTICE, "33", 30))
    assert "this was more than one look-for, “" in merged.words and merged.words.count("“") == 2
    assert (other.words, other.is_seam) == ("", False)
    # It is under its key again, as something else: nobody says that it was not rated.
    [chart] = change_charts(hub, Boards(account(rosa), hub))
    assert [row.times[0].words for row in chart.chart.rows] == ["other words", "other words"]
    assert page.wave.changed_words == "1 look-for has other words than the time before, and is not compared."


def test_before_a_seam_the_earlier_times_have_a_chart_of_their_own(hub, rosa):
    held(hub, rosa, LOOK_FOR, "2", 0)
    held(hub, rosa, LOOK_FOR, "3", 5)
    reworded(change=first_only)
    held(hub, rosa, LOOK_FOR, "2", 30)
    held(hub, rosa, LOOK_FOR, "3", 40)
    later, earlier = (it.chart for it in change_charts(hub, Boards(account(rosa), hub)))
    assert [time.words == "other words" for time in later.rows[0].times] == [True, True, False, False]
    assert (later.rows[0].words, earlier.rows[0].words, len(earlier.days)) == ("up", "up", 2)
    told = [it.changed_words for it in hub_page(account(rosa), hub, Boards(account(rosa), hub)).waves]
    assert told == [
        "Since the time before: 1 look-for up.",
        "1 look-for has other words than the time before, and is not compared.",
        "Since the time before: 1 look-for up.",
        "",
    ]


def test_the_page_of_one_look_for_does_not_compare_other_words_either(hub, rosa):
    held(hub, rosa, FIRST_DOMAIN, "2" * 11, 0)
    held(hub, rosa, LOOK_FOR, "3", 5)
    reworded(change=first_only)
    held(hub, rosa, LOOK_FOR, "2", 30)
    last, one, first = look_for_page(account(rosa), hub, LOOK_FOR).times
    assert (last.changed.is_seam, one.changed.direction, first.changed.words) == (True, "up", "")
    assert "this read “" in last.changed.words
