"""Scripts as the other apps read them: plain words in one language, from the very wording installed."""

import json
from pathlib import Path

import pytest
from django.utils.safestring import SafeString

from hubcraft import content
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import list_domains, list_scripts, newest_pack, rubric_of, script_of
from hubcraft.domain.verdict import NotThere
from tests.house.tree import CHECKOUT
from tests.make import NOW

pytestmark = pytest.mark.django_db

DOMAIN = "hub-leadership/domain-1"
KNOWN = CHECKOUT / "tests" / "content" / "known"
BEFORE = KNOWN / "hub-leadership-1.0.0.json"
# The last version with domains that had no prompts yet.
WITHOUT_PROMPTS = KNOWN / "hub-leadership-1.2.0.json"


def install() -> InstalledPack:
    install_shipped_packs(at=NOW)
    return newest_pack()


def install_the_one_before(path: Path = BEFORE) -> InstalledPack:
    stored = json.loads(path.read_text(encoding="utf-8"))
    return InstalledPack.objects.create(
        pack=stored["id"],
        version=stored["version"],
        digest=stored["digest"],
        content=stored,
        installed_at=NOW.replace(year=NOW.year - 1),
    )


def step(script, key):
    return next(step for step in script.steps if step.key == key)


def test_the_scripts_are_listed_with_their_minutes():
    listed = list_scripts(install().id, "en")
    assert [(script.key, script.name, script.minutes) for script in listed] == [
        ("workshop", "Hub leadership: one domain", 75),
        ("team-reflection", "Our hub’s own reflection", 45),
        ("at-a-glance", "All six at a glance", 36),
        ("follow-up", "A follow-up, some months later", 42),
        ("one-look-for", "One look-for, five minutes", 5),
    ]


def test_a_script_that_is_listed_is_the_one_that_is_found():
    installed = install()
    assert list_scripts(installed.id, "en")[0] == script_of(installed.id, "workshop", "en")


def test_a_step_says_its_movement_its_words_and_its_time():
    hello = step(script_of(install().id, "workshop", "en"), "say-hello")
    assert (hello.kind, hello.movement, hello.movement_title, hello.minutes, hello.is_protected) == (
        "turn-and-talk",
        "learn",
        "Learn",
        5,
        False,
    )
    assert (hello.title, hello.question, hello.advice) == (
        "Say hello",
        "Introduce yourself!",
        "Say a little about you",
    )
    assert hello.prompts == (
        "Why did you select this session?",
        "What's your experience with leading improvement work?",
    )


def test_a_step_without_a_question_asks_with_its_title():
    sensemaking = step(script_of(install().id, "workshop", "en"), "sensemaking")
    assert sensemaking.question == sensemaking.title == "Share your sensemaking"


def test_only_planning_is_protected():
    script = script_of(install().id, "workshop", "en")
    assert [step.key for step in script.steps if step.is_protected] == ["plan"]


def test_prompts_are_the_domains_own_also_where_none_is_named():
    installed = install()
    own = rubric_of(installed.id, DOMAIN, "en").prompts
    named = step(script_of(installed.id, "workshop", "en", DOMAIN), "share-reflection")
    unnamed = step(script_of(installed.id, "workshop", "en"), "share-reflection")
    assert named.prompts == unnamed.prompts == own


def test_a_domain_without_prompts_is_asked_about_neutrally():
    before = install_the_one_before(WITHOUT_PROMPTS)
    script = script_of(before.id, "workshop", "en", "hub-leadership/domain-4")
    assert step(script, "share-reflection").prompts == (
        "What do you do well in this domain?",
        "How do you know?",
        "What is one aspect of this domain that you want to learn more about or wish you could get more help"
        " with?",
    )


def test_pages_are_safe_html_with_their_credit():
    (page,) = step(script_of(install().id, "workshop", "en"), "backstory").pages
    assert isinstance(page.html, SafeString)
    assert page.html.startswith("<p>The framework’s authors talked with 28 experienced hub leaders")
    assert "Network Health Project team, 7 November 2025" in page.credit


def test_a_closer_look_shows_the_domain_of_the_session():
    installed = install()
    (page,) = step(script_of(installed.id, "workshop", "en", DOMAIN), "closer-look").pages
    rubric = rubric_of(installed.id, DOMAIN, "en")
    assert (page.title, page.credit) == (rubric.title, rubric.credit)
    assert page.html.startswith(f"<p>{rubric.goal}</p><ul><li>Establish the hub team</li>")


def test_who_reads_spanish_is_told_that_the_translation_is_ours():
    installed = install()
    told = {
        language: (
            script_of(installed.id, "workshop", language).is_our_translation,
            rubric_of(installed.id, DOMAIN, language).is_our_translation,
        )
        for language in ("en", "es", "es-mx", "fr")
    }
    assert told == {"en": (False, False), "es": (True, True), "es-mx": (True, True), "fr": (False, False)}
    plan = step(script_of(installed.id, "workshop", "es"), "plan")
    assert (plan.movement_title, plan.title) == ("Planear", "¿Qué harán ahora?")


def test_a_script_nobody_wrote_is_not_there():
    installed = install()
    assert script_of(installed.id, "workshop", "en").key == "workshop"
    with pytest.raises(NotThere):
        script_of(installed.id, "party", "en")


def test_a_script_about_a_domain_nobody_named_is_not_there():
    installed = install()
    assert script_of(installed.id, "workshop", "en", DOMAIN).key == "workshop"
    with pytest.raises(NotThere):
        script_of(installed.id, "workshop", "en", "hub-leadership/domain-9")


def test_a_second_reading_asks_the_database_nothing(django_assert_num_queries):
    installed = install()
    script_of(installed.id, "workshop", "en")
    with django_assert_num_queries(0):
        assert script_of(installed.id, "workshop", "en").minutes == 75


def test_the_pack_is_installed_beside_the_one_before():
    before = install_the_one_before()
    now = install()
    assert newest_pack() == now
    assert (before.version, now.version) == ("1.0.0", content.shipped_pack("hub-leadership").version)
    assert list_domains("en")[0].pack == now.id


def test_a_room_that_was_held_with_the_one_before_keeps_its_wording():
    before = install_the_one_before()
    install()
    stored = before.content["frameworks"][0]["domains"][0]
    assert rubric_of(before.id, DOMAIN, "en").prompts == tuple(prompt["en"] for prompt in stored["prompts"])
    assert list_scripts(before.id, "en") == ()
