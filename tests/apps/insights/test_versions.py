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
from hubcraft.apps.insights.queries.look_fors import look_for_page, look_fors_page
from hubcraft.apps.networks.models import Role
from hubcraft.content import Crosswalk, LookFor, Pack, Text
from hubcraft.domain.crosswalks import Fate, Passage, said
from tests.apps.insights.test_waves import FIRST_DOMAIN, LOOK_FOR, PRACTICE, held
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in
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


def stands_of(rosa, hub):
    page = look_fors_page(account(rosa), hub)
    return {it.key: it for _domain, stands in page.domains for it in stands}, page.former


def without(look_for: LookFor) -> LookFor:
    """The first look-for as another one: its key and its words are gone."""
    return replace(other_words(look_for), key=f"{PRACTICE}/another") if look_for.key == LOOK_FOR else look_for


def test_the_page_of_a_look_for_that_moved_has_its_times_under_the_old_key_and_their_own_words(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    moved = f"{PRACTICE}/moved"
    reworded(
        said(Fate.REWORDED, [LOOK_FOR], [moved], comparable=True),
        change=lambda it: replace(other_words(it), key=moved) if it.key == LOOK_FOR else it,
    )
    held(hub, rosa, PRACTICE, "33", 30)
    last, first = look_for_page(account(rosa), hub, moved).times
    assert (last.changed.direction, last.has_other_words, first.has_other_words) == ("up", False, True)
    assert first.changed.row.text.startswith(WORDS)
    stands, former = stands_of(rosa, hub)
    assert (stands[moved].times, stands[moved].others, former) == (2, 0, ())
    # Under its old key it says where it went.
    old = look_for_page(account(rosa), hub, LOOK_FOR)
    assert (old.is_former, [it.key for it in old.became], len(old.times)) == (True, [moved], 1)


def test_the_list_counts_the_times_that_can_be_compared_and_says_how_many_more_there_are(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    held(hub, rosa, PRACTICE, "23", 5)
    reworded(change=first_only)
    # Nothing was rated in the new words: the old ones stand beside them.
    waiting = stands_of(rosa, hub)[0][LOOK_FOR]
    assert (waiting.text, waiting.then.startswith(WORDS), waiting.times) == (
        "Quite other words than bers.",
        True,
        2,
    )
    held(hub, rosa, PRACTICE, "32", 30)
    stands, _former = stands_of(rosa, hub)
    assert [(stands[it].times, stands[it].others, stands[it].then) for it in (LOOK_FOR, OTHER)] == [
        (1, 2, ""),
        (3, 0, ""),
    ]
    page = signed_in(rosa).get(f"{hub_address(hub)}framework/")
    assert says(page, "2 times in other words") and says(page, "rated 3 times")
    page = signed_in(rosa).get(f"{hub_address(hub)}framework/{LOOK_FOR}/")
    assert says(page, f"In the words of then: “{WORDS} address the problem.”")


def test_what_two_were_merged_into_has_the_times_of_both(hub, rosa):
    held(hub, rosa, PRACTICE, "22", 0)
    reworded(said(Fate.MERGED, [LOOK_FOR, OTHER], [LOOK_FOR]), change=other_words)
    waiting = stands_of(rosa, hub)[0][LOOK_FOR]
    assert (waiting.row, waiting.others) == (None, 1)
    held(hub, rosa, PRACTICE, "33", 30)
    last, *before = look_for_page(account(rosa), hub, LOOK_FOR).times
    assert last.changed.is_seam
    assert [it.changed.row.key for it in before] == [LOOK_FOR, OTHER]
    assert len(look_for_page(account(rosa), hub, OTHER).times) == 1


def test_what_the_framework_no_longer_has_is_still_read_by_whose_hub_rated_it(hub, rosa):
    old = held(hub, rosa, PRACTICE, "22", 0)
    address, reader = f"{hub_address(hub)}framework/{LOOK_FOR}/", signed_in(rosa)
    assert not says(reader.get(address), "No longer in the framework")
    reworded(change=without)
    page = reader.get(address)
    assert says(page, "No longer in the framework") and says(page, WORDS)
    assert not says(page, "Reflect on this again")
    # The board of then leads there, and so does the list, beside what is there now.
    assert address in text_of(reader.get(f"{hub_address(hub)}boards/{old.id}/"))
    stands, former = stands_of(rosa, hub)
    assert [(it.key, it.times) for it in former] == [(LOOK_FOR, 1)]
    assert stands[OTHER].times == 1 and stands[f"{PRACTICE}/another"].row is None
    assert address in text_of(reader.get(f"{hub_address(hub)}framework/"))
    assert reader.get(f"/framework/{OTHER}/").status_code == 200
    assert reader.get(f"/framework/{LOOK_FOR}/").status_code == 404
    assert reader.get(f"{hub_address(hub)}framework/{PRACTICE}/never-there/").status_code == 404
