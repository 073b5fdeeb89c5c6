"""The shipped life cycle has the deck's stages and work, to the letter; what shows them is ours, and says from where."""

from pathlib import Path

import pytest

from hubcraft.content import Evidence, Pack, Practice, shipped_pack
from hubcraft.content.text import DRAFT, PUBLISHED

PACK = shipped_pack("network-life-cycle")
LEADERSHIP = shipped_pack("hub-leadership")
KNOWN = Path(__file__).parent / "known" / "network-life-cycle-keys.txt"
WORKS = [work for stage in PACK.domains for work in stage.practices]
EVIDENCE = [one for work in WORKS for one in work.evidence]
MOST_WORDS = 20

# Name, what it is for, its work.
STAGES = [
    (
        "Initiate",
        "support for early phases of planning for an improvement network",
        ["build the vision", "create a charter", "build the foundation"],
    ),
    (
        "Develop",
        "structures, tools and routines to support network launch and development",
        [
            "develop network roles and engagement",
            "develop member connections",
            "structure continuous improvement processes",
            "develop network culture",
            "develop a knowledge management system",
        ],
    ),
    (
        "Sustain, Spread, Scale",
        "considerations for sustaining, spreading and scaling network learning and impact",
        ["spread", "scale", "sustained impact"],
    ),
]


def stages_in(language: str) -> list[tuple[str, str, list[str]]]:
    return [
        (
            stage.name.in_(language),
            stage.goal.in_(language) if stage.goal else "",
            [work.title.in_(language) for work in stage.practices],
        )
        for stage in PACK.domains
    ]


def test_the_stages_what_each_is_for_and_its_work_are_the_decks() -> None:
    assert stages_in("en") == STAGES
    assert {(stage.kind, stage.status, stage.name_status) for stage in PACK.domains} == {
        ("stage", PUBLISHED, PUBLISHED)
    }
    assert {work.status for work in WORKS} == {PUBLISHED}


@pytest.mark.parametrize("language", PACK.languages)
def test_the_page_of_the_session_says_the_same(language: str) -> None:
    steps = LEADERSHIP.script("workshop").steps
    [page] = [page for step in steps for page in step.pages if page.key == "life-cycle"]
    assert [
        (
            part.heading.in_(language),
            part.text.in_(language) if part.text else "",
            [point.in_(language) for point in part.points],
        )
        for part in page.parts
        if part.heading is not None
    ] == stages_in(language)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key.partition("/")[2])
def test_each_work_has_a_few_things_that_show_it(work: Practice) -> None:
    assert 3 <= len(work.evidence) <= 5


@pytest.mark.parametrize("one", EVIDENCE, ids=lambda one: one.key.partition("/")[2])
def test_what_shows_it_is_one_short_thing_of_ours_with_its_sources(one: Evidence) -> None:
    assert one.status == DRAFT
    assert one.sources
    assert len(one.text.in_("en").split()) <= MOST_WORDS
    for language in PACK.languages:
        words = one.text.in_(language)
        assert words.endswith(".")
        assert sum(words.count(end) for end in ".?!;:") == 1, f"one thing: {words}"


@pytest.mark.parametrize("language", PACK.languages)
def test_no_two_things_say_the_same(language: str) -> None:
    said = [one.text.in_(language) for one in EVIDENCE]
    assert sorted(said) == sorted(set(said))


def test_what_belongs_to_a_work_is_in_the_rubric() -> None:
    practices = {practice.key for domain in LEADERSHIP.domains for practice in domain.practices}
    known = practices | {one.key for domain in LEADERSHIP.domains for one in domain.look_fors}
    belonging = [key for work in WORKS for key in work.belongs]
    assert belonging
    assert [key for key in belonging if key not in known] == []


def test_every_source_is_drawn_on() -> None:
    assert {source.key for source in PACK.sources} == {key for one in EVIDENCE for key in one.sources}


def test_keys_never_change() -> None:
    keys = [key for work in WORKS for key in (work.key, *(one.key for one in work.evidence))]
    assert keys == KNOWN.read_text(encoding="utf-8").split()


def test_the_pack_is_the_same_after_it_was_stored() -> None:
    assert Pack.from_json(PACK.to_json()) == PACK
