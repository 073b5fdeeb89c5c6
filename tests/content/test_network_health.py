"""Network health as shipped: the six published names, a profile and never one score, and never the other six."""

import pytest

from hubcraft.content import Domain, Pack, shipped_pack
from hubcraft.content.text import DRAFT, PUBLISHED

PACK = shipped_pack("network-health")
LEADERSHIP = shipped_pack("hub-leadership")
[FRAMEWORK] = PACK.frameworks

NAMES = [
    "Hub leadership",
    "Network roles and engagement",
    "Continuous improvement processes",
    "Connections within teams",
    "Connections across teams",
    "Network culture",
]


def test_the_six_have_their_published_names_and_order() -> None:
    assert [(domain.number, domain.name.in_("en")) for domain in PACK.domains] == list(enumerate(NAMES, 1))
    assert {domain.name_status for domain in PACK.domains} == {PUBLISHED}


@pytest.mark.parametrize("language", PACK.languages)
def test_the_page_of_the_session_names_the_same(language: str) -> None:
    steps = LEADERSHIP.script("workshop").steps
    [page] = [page for step in steps for page in step.pages if page.key == "health-and-development"]
    assert [point.in_(language).lower() for part in page.parts for point in part.points] == [
        domain.name.in_(language).lower() for domain in PACK.domains
    ]


@pytest.mark.parametrize("domain", PACK.domains, ids=lambda domain: domain.key.partition("/")[2])
def test_what_each_means_is_ours_in_a_sentence_or_two_and_says_from_where(domain: Domain) -> None:
    assert domain.status == DRAFT
    assert domain.sources
    assert domain.goal is not None
    for language in PACK.languages:
        assert 1 <= domain.goal.in_(language).count(".") <= 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("institutional context", "a profile, never as one averaged score", "are never mixed")),
        (
            "es",
            ("contexto institucional", "un perfil, nunca como un solo puntaje promedio", "nunca se mezclan"),
        ),
    ],
)
def test_it_says_what_it_is_set_in_how_it_is_read_and_what_it_is_not(
    language: str, said: tuple[str, ...]
) -> None:
    assert FRAMEWORK.text is not None
    assert FRAMEWORK.text_status == DRAFT
    assert [words for words in said if words not in FRAMEWORK.text.in_(language)] == []


def test_the_two_sets_of_six_share_neither_framework_nor_key_nor_rubric() -> None:
    assert (FRAMEWORK.kind, {domain.kind for domain in PACK.domains}) == ("health", {"health"})
    assert not any(domain.has_rubric for domain in PACK.domains)
    theirs = {domain.key for domain in LEADERSHIP.domains}
    assert theirs
    assert not theirs & {domain.key for domain in PACK.domains}


def test_every_source_is_drawn_on() -> None:
    assert {one.key for one in PACK.sources} == {key for domain in PACK.domains for key in domain.sources}


def test_keys_never_change() -> None:
    assert [domain.key for domain in PACK.domains] == [
        "network-health/hub-leadership",
        "network-health/network-roles-and-engagement",
        "network-health/continuous-improvement-processes",
        "network-health/connections-within-teams",
        "network-health/connections-across-teams",
        "network-health/network-culture",
    ]


def test_the_pack_is_the_same_after_it_was_stored() -> None:
    assert Pack.from_json(PACK.to_json()) == PACK
