"""The shipped rubric says what its authors wrote, to the letter; what is ours besides is short, and says from where."""

import json
from pathlib import Path

import pytest

from hubcraft.content import Domain, LevelText, LookFor, Pack, Text, shipped_pack
from hubcraft.content.text import DRAFT, PUBLISHED
from hubcraft.domain.rating import Level
from hubcraft.domain.rating import Scale as RatingScale

KNOWN = Path(__file__).parent / "known"
PACK = shipped_pack("hub-leadership")
RUBRIC = PACK.domain("hub-leadership/domain-1")
# The last version that had nothing but published look-fors.
BEFORE = Pack.from_json(json.loads((KNOWN / "hub-leadership-1.2.0.json").read_text(encoding="utf-8")))
DRAFTS = [one for domain in PACK.domains for one in domain.look_fors if one.status == DRAFT]
MOST_WORDS = 20

LOOK_FORS = {
    "Establish the hub team": [
        "Identify members for the hub team with the diverse knowledge, skills, and experiences necessary to"
        " address the problem.",
        "The hub includes leaders with the convening power to recruit network members",
    ],
    "Coordinate and manage hub operations": [
        "Determine hub team roles and responsibilities.",
        "Design process for effective hub communication.",
        "Create hub team routines (work practices and collaboration).",
        "Ensure sufficient <u>capacity</u> to operate core hub functions and coordinate network activities.",
        "Ensure sufficient <u>resources</u> to operate core hub functions and coordinate network activities.",
    ],
    "Develop the hub as a team": [
        "Build trust amongst hub team members.",
        "Recruit and onboard new hub members (if you have attrition).",
        "Establish hub team norms.",
        "Coalesce as a hub team that is working together to operate core hub functions and coordinate network"
        " activities.",
    ],
    "Build improvement capabilities in the hub": [],
    "Specify a process to continuously improve hub operations": [],
}


def levels() -> tuple[LevelText, ...]:
    assert RUBRIC.scale is not None
    return RUBRIC.scale.levels


def test_the_domains_are_the_six_and_ad_hoc_problem_solving() -> None:
    assert [(domain.number, domain.name.in_("en"), domain.kind) for domain in PACK.domains] == [
        (1, "Developing and Sustaining the Hub Organization", "domain"),
        (2, "Developing and Managing the Network as an Organization", "domain"),
        (3, "Supporting Improvement Activity", "domain"),
        (4, "Integrating Equity", "domain"),
        (5, "Managing Environmental Relationships", "domain"),
        (6, "Analyzing and Improving the Network as a Learning System", "domain"),
        (None, "Ad Hoc Problem Solving", "log"),
    ]


def test_all_six_are_rated_and_what_is_written_down_as_it_comes_up_is_not() -> None:
    assert [domain.number for domain in PACK.domains if domain.has_rubric] == [1, 2, 3, 4, 5, 6]


def test_what_comes_up_is_told_in_six_questions_of_ours() -> None:
    log = PACK.domain("hub-leadership/ad-hoc-problem-solving")
    assert (log.status, log.name_status, log.practices) == (DRAFT, PUBLISHED, ())
    assert [prompt.in_("en") for prompt in log.prompts] == [
        "What did somebody notice?",
        "Whose problem is it to solve?",
        "How urgent is it?",
        "Who is going to decide?",
        "Who needs to hear how it ended?",
        "Should what you did become a routine?",
    ]
    assert log.sources
    for prompt in log.prompts:
        assert len(prompt.in_("en").split()) <= MOST_WORDS
        assert prompt.in_("es").startswith("¿")


def test_the_first_domain_has_its_aliases_heading_goal_and_instruction() -> None:
    assert [alias.in_("en") for alias in RUBRIC.aliases] == [
        "Developing and Managing the Hub Organization",
        "Managing and Sustaining the Hub as an Organization",
    ]
    assert words(RUBRIC, "heading") == (
        "Hub Leadership Practice Domain 1: Developing and Managing the Hub Organization"
    )
    assert words(RUBRIC, "goal") == (
        "The hub functions smoothly as a leadership team that is working together to operate core hub functions"
        " and coordinate network activities."
    )
    assert words(RUBRIC, "instruction") == (
        "Consider how well your hub team is developing and managing the hub as an organization. Put your initials"
        " in the box that best fits where you think your team is at this moment in time."
    )


def words(domain: Domain, field: str) -> str:
    text: str = getattr(domain, field).in_("en")
    return text


def published(look_fors: tuple[LookFor, ...]) -> list[LookFor]:
    return [one for one in look_fors if one.status == PUBLISHED]


def test_practices_and_look_fors_are_as_on_the_poster() -> None:
    assert {
        practice.title.in_("en"): [one.html.in_("en") for one in published(practice.look_fors)]
        for practice in RUBRIC.practices
    } == LOOK_FORS
    assert [practice.title.in_("en") for practice in RUBRIC.practices] == list(LOOK_FORS)


def test_the_plain_words_of_a_look_for_have_no_marks() -> None:
    shown = [look_for.html.in_("en") for look_for in RUBRIC.look_fors]
    plain = [look_for.text.in_("en") for look_for in RUBRIC.look_fors]
    assert plain == [words.replace("<u>", "").replace("</u>", "") for words in shown]


def test_the_levels_are_told_in_words_and_the_upper_two_name_a_strategy() -> None:
    assert [(level.label.in_("en"), level.fill, level.names_strategy) for level in levels()] == [
        ("We really need to do this", 1, False),
        ("We could probably get better at this", 2, False),
        ("We're pretty good at this", 3, True),
        ("We're great at this", 4, True),
    ]
    assert RUBRIC.scale is not None
    assert RUBRIC.scale.strategy_prompt is not None
    assert RUBRIC.scale.strategy_prompt.in_("en") == "Share a strategy you use."


def test_the_short_forms_are_ours() -> None:
    assert [(level.short.in_("en"), level.short_status) for level in levels()] == [
        ("really need to", "draft"),
        ("could get better", "draft"),
        ("pretty good", "draft"),
        ("great", "draft"),
    ]


def test_the_rules_know_the_same_scale_without_words() -> None:
    assert RUBRIC.scale is not None
    assert RUBRIC.scale.rating == RatingScale(
        (
            Level("really-need-to", 1, names_strategy=False),
            Level("could-get-better", 2, names_strategy=False),
            Level("pretty-good", 3, names_strategy=True),
            Level("great", 4, names_strategy=True),
        )
    )


def test_the_prompts_for_the_talk_are_the_decks() -> None:
    assert [prompt.in_("en") for prompt in RUBRIC.prompts] == [
        "What do you do well in developing and managing the hub organization?",
        "How do you know?",
        "What is one aspect of Managing and Sustaining the Hub as an Organization that you want to learn more"
        " about or wish you could get more help with?",
    ]


def test_what_the_authors_published_is_credited_to_them() -> None:
    assert {domain.name_status for domain in PACK.domains} == {PUBLISHED}
    assert RUBRIC.status == PUBLISHED
    assert {practice.status for practice in RUBRIC.practices} == {PUBLISHED}
    assert RUBRIC.credit.in_("en") == (
        "Words of the rubric: Network Health Project team (Partners for Network Improvement and the Learning"
        " Research and Development Center at the University of Pittsburgh, the Carnegie Foundation for the"
        " Advancement of Teaching, the University of North Carolina at Chapel Hill), from"
        ' "Key considerations for building a productive improvement network: what do leaders need to know?",'
        " 7 November 2025."
    )


def test_in_spanish_it_is_our_translation_and_says_so() -> None:
    assert PACK.languages == ("en", "es")
    assert [PACK.is_our_translation(language) for language in PACK.languages] == [False, True]
    assert RUBRIC.credit.in_("es").endswith(
        "La traducción al español es nuestra; sus autores no la han revisado."
    )


def test_in_spanish_the_levels_and_look_fors_are_as_many_and_all_different() -> None:
    labels = {level.label.in_("es") for level in levels()}
    shorts = {level.short.in_("es") for level in levels()}
    look_fors = {one.text.in_("es") for one in published(RUBRIC.look_fors)}
    assert (len(labels), len(shorts), len(look_fors)) == (4, 4, 11)
    assert not look_fors & {one.text.in_("en") for one in RUBRIC.look_fors}


def test_in_spanish_the_same_word_is_underlined() -> None:
    assert {
        look_for.key.rpartition("/")[2]: look_for.html.in_("es").partition("<u>")[2].partition("</u>")[0]
        for look_for in RUBRIC.look_fors
        if "<u>" in look_for.html.in_("en") + look_for.html.in_("es")
    } == {"capacity": "capacidad", "resources": "recursos"}


def test_keys_never_change() -> None:
    known = (KNOWN / "hub-leadership-look-fors.txt").read_text(encoding="utf-8").split()
    assert [one.key for domain in PACK.domains for one in domain.look_fors] == known


def test_no_published_word_changed_when_ours_were_added() -> None:
    """What is compared is what 1.2.0 had; all of it was published."""
    assert [scale.levels for scale in PACK.scales] == [scale.levels for scale in BEFORE.scales]
    for before, now in zip(BEFORE.domains, PACK.domains, strict=True):
        assert (now.key, now.name["en"], now.aliases) == (before.key, before.name["en"], before.aliases)
    before = BEFORE.domain(RUBRIC.key)
    for part in ("heading", "goal", "instruction", "how_to", "prompts"):
        assert getattr(RUBRIC, part) == getattr(before, part)
    assert [(one.key, one.title) for one in RUBRIC.practices] == [
        (one.key, one.title) for one in before.practices
    ]
    assert published(RUBRIC.look_fors) == list(before.look_fors)


@pytest.mark.parametrize("look_for", DRAFTS, ids=lambda it: it.key.partition("/")[2])
def test_a_look_for_of_ours_is_one_short_sentence_about_one_thing(look_for: LookFor) -> None:
    english, spanish = look_for.text.in_("en"), look_for.text.in_("es")
    assert len(english.split()) <= MOST_WORDS, english
    for words in (english, spanish):
        assert words.endswith(".")
        assert sum(words.count(end) for end in ".?!;:") == 1, f"one sentence: {words}"
    assert " and " not in english, f"one thing: {english}"
    assert look_for.sources, "what it draws on"


def test_no_two_look_fors_say_the_same() -> None:
    said = [one.text.in_("en") for domain in PACK.domains for one in domain.look_fors]
    assert sorted(said) == sorted(set(said))


def test_a_practice_of_ours_has_a_few_look_fors_and_a_domain_a_few_practices() -> None:
    ours = [domain for domain in PACK.domains if domain.has_rubric and domain.status == DRAFT]
    assert ours
    for domain in ours:
        assert 4 <= len(domain.practices) <= 6, domain.key
    for practice in (practice for domain in ours for practice in domain.practices):
        assert 3 <= len(practice.look_fors) <= 5, practice.key


def test_a_rubric_of_ours_asks_as_the_authors_ask() -> None:
    """The manner of the first domain: what a person meets is the same in each."""
    for domain in PACK.domains:
        if domain.has_rubric:
            assert words(domain, "heading").startswith(f"Hub Leadership Practice Domain {domain.number}: ")
            assert words(domain, "instruction").endswith(words(RUBRIC, "instruction").partition(". ")[2])
            assert (len(domain.how_to), domain.how_to[1:]) == (3, RUBRIC.how_to[1:])
            assert (len(domain.prompts), domain.prompts[1]) == (3, Text(dict(RUBRIC.prompts[1]), "en"))


def test_every_source_is_drawn_on() -> None:
    drawn_on = {source for one in DRAFTS for source in one.sources}
    drawn_on |= {source for domain in PACK.domains for source in domain.sources}
    assert {source.key for source in PACK.sources} == drawn_on


def test_the_pack_is_the_same_after_it_was_stored() -> None:
    assert Pack.from_json(PACK.to_json()) == PACK
