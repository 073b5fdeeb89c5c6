"""Every prompt of the authors' session is in the pack to the letter, and nothing else claims to be theirs."""

from collections.abc import Iterator

import pytest

from hubcraft.content import Pack, ReadPage, Script, Step, Text, shipped_pack

PACK = shipped_pack("hub-leadership")
DOMAIN = PACK.domain("hub-leadership/domain-1")

# What the session says, where in the workshop it says it, and as what. Its words for strategies stand twice:
# where the rubric is explained, and where one names them, with what its levels and its talk ask about them.
DECK = [
    ("Say hello", "say-hello", "title"),
    ("Introduce yourself!", "say-hello", "question"),
    ("Say a little about you", "say-hello", "advice"),
    ("Why did you select this session?", "say-hello", "prompt"),
    ("What's your experience with leading improvement work?", "say-hello", "prompt"),
    ("Reflecting on the six domains of leadership practice", "know-and-learn", "question"),
    ("What is one domain of hub leadership practice you know a lot about?", "know-and-learn", "prompt"),
    ("What is one domain you would like to learn more about?", "know-and-learn", "prompt"),
    ("Share your sensemaking", "sensemaking", "title"),
    (
        "What is one domain of improvement hub leadership practice you know a lot about?",
        "sensemaking",
        "prompt",
    ),
    ("What is one domain you would like to learn more about?", "sensemaking", "prompt"),
    ("How to use this rubric", "how-to", "title"),
    (
        "Consider how well your hub team is developing and managing the hub as an organization.",
        "how-to",
        "prompt",
    ),
    (
        "Put your initials in the box that best fits where you think your team is at this moment in time for each"
        " look for.",
        "how-to",
        "prompt",
    ),
    ('If you are "pretty good" or "great", name a strategy you use.', "how-to", "prompt"),
    ('If you are "pretty good" or "great", name a strategy you use.', "strategies", "question"),
    ("Share a strategy you use.", "strategies", "prompt"),
    ("How do you know?", "strategies", "prompt"),
    ("Share your reflection", "share-reflection", "title"),
    ("What do you do well in developing and managing the hub organization?", "share-reflection", "prompt"),
    ("How do you know?", "share-reflection", "prompt"),
    (
        "What is one aspect of Managing and Sustaining the Hub as an Organization that you want to learn more"
        " about or wish you could get more help with?",
        "share-reflection",
        "prompt",
    ),
    ("Let's hear from you!", "hear", "title"),
    ("What will you do next?", "plan", "title"),
    (
        "Based on your experience in today's session, what is the next step for you/your hub team?",
        "plan",
        "question",
    ),
    ("Give us feedback", "feedback", "title"),
    ("Which of the six domains are you good at?", "feedback", "prompt"),
    ("Which of the six domains do you want to learn more about?", "feedback", "prompt"),
    ("What was helpful about using this rubric?", "feedback", "prompt"),
    ("What would have made it better?", "feedback", "prompt"),
    ("What was helpful about today's session?", "feedback", "prompt"),
    ("What would have made it better?", "feedback", "prompt"),
    ("What should be in a hub leadership playbook?", "feedback", "prompt"),
    ("Stay connected", "stay-connected", "title"),
    ("Thank you for improving our work.", "stay-connected", "question"),
]

# What the pages to read take from the same source: the life cycle, and the six domains of network health.
ON_PAGES = {
    "Initiate",
    "support for early phases of planning for an improvement network",
    "build the vision",
    "create a charter",
    "build the foundation",
    "Develop",
    "structures, tools and routines to support network launch and development",
    "develop network roles and engagement",
    "develop member connections",
    "structure continuous improvement processes",
    "develop network culture",
    "develop a knowledge management system",
    "Sustain, Spread, Scale",
    "considerations for sustaining, spreading and scaling network learning and impact",
    "spread",
    "scale",
    "sustained impact",
    "hub leadership",
    "network roles and engagement",
    "continuous improvement processes",
    "connections within teams",
    "connections across teams",
    "network culture",
}

WORKSHOP = PACK.script("workshop")


def said_by(step: Step) -> Iterator[tuple[str, Text, str]]:
    """What a step says about the first domain: as what, the words, whose they are."""
    yield "title", step.title, step.status
    if step.question is not None:
        yield "question", step.question, step.question_status
    if step.advice is not None:
        yield "advice", step.advice, step.advice_status
    for prompt in PACK.prompts_of(step, DOMAIN):
        yield "prompt", prompt.text, prompt.status


def said_on(page: ReadPage) -> Iterator[tuple[Text, str]]:
    yield page.title, page.status
    for part in page.parts:
        for text in (part.heading, part.text, *part.points):
            if text is not None:
                yield text, part.status


def said_on_pages(script: Script) -> Iterator[tuple[Text, str]]:
    for step in script.steps:
        for page in step.pages:
            yield from said_on(page)


def words_of_the_rubric(pack: Pack) -> set[str]:
    """Every published word of the rubric: its own tests compare them with their source."""
    texts = [prompt for scale in pack.scales if (prompt := scale.strategy_prompt) is not None]
    for domain in pack.domains:
        assert domain.name_status == "published"
        prompts = domain.prompts if domain.status == "published" else ()
        titles = [practice.title for practice in domain.practices if practice.status == "published"]
        texts += [domain.name, *prompts, *titles]
    return {text.in_("en") for text in texts}


def test_all_the_session_says_is_in_the_workshop_in_its_order_and_published() -> None:
    published = [
        (text.in_("en"), step.key, role)
        for step in WORKSHOP.steps
        for role, text, status in said_by(step)
        if status == "published"
    ]
    assert published == DECK


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_nothing_else_claims_to_be_the_authors(script: Script) -> None:
    theirs = {words for words, *_ in DECK} | words_of_the_rubric(PACK)
    claimed = {
        text.in_("en") for step in script.steps for _, text, status in said_by(step) if status == "published"
    }
    assert claimed - theirs == set()
    on_pages = {text.in_("en") for text, status in said_on_pages(script) if status == "published"}
    assert on_pages - ON_PAGES - {domain.name.in_("en") for domain in PACK.domains} == set()


def test_the_pages_say_all_of_the_life_cycle_and_all_of_network_health() -> None:
    said = {text.in_("en") for text, _ in said_on_pages(WORKSHOP)}
    assert ON_PAGES - said == set()


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_what_we_add_for_a_domain_without_prompts_is_ours(script: Script) -> None:
    theirs = {words for words, *_ in DECK} | words_of_the_rubric(PACK)
    assert {
        prompt.text.in_("en")
        for step in script.steps
        for prompt in step.prompts
        if prompt.status == "published"
    } <= theirs


def test_the_movements_and_minutes_of_the_workshop() -> None:
    assert [
        (movement.title.in_("en"), sum(step.minutes for step in movement.steps))
        for movement in WORKSHOP.movements
    ] == [
        ("Learn", 26),
        ("Reflect", 29),
        ("Share", 10),
        ("Plan", 10),
    ]
    assert WORKSHOP.minutes == 75


def test_the_steps_of_the_workshop_are_the_sessions_in_its_order() -> None:
    assert [(step.key, step.kind) for step in WORKSHOP.steps] == [
        ("say-hello", "turn-and-talk"),
        ("leadership-team", "read"),
        ("framework", "read"),
        ("life-cycle", "read"),
        ("backstory", "read"),
        ("six-domains", "read"),
        ("know-and-learn", "choice"),
        ("sensemaking", "turn-and-talk"),
        ("closer-look", "read"),
        ("how-to", "read"),
        ("initials", "rubric"),
        ("talk", "talk"),
        ("strategies", "strategies"),
        ("share-reflection", "turn-and-talk"),
        ("hear", "hear"),
        ("plan", "plan"),
        ("feedback", "feedback"),
        ("stay-connected", "stay-connected"),
    ]


def test_a_hubs_own_reflection_is_the_middle_of_it() -> None:
    script = PACK.script("team-reflection")
    assert [(step.key, step.minutes) for step in script.steps] == [
        ("initials", 12),
        ("talk", 14),
        ("strategies", 7),
        ("plan", 9),
        ("feedback", 3),
    ]
    assert script.minutes == 45


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_the_plan_and_nothing_else_is_protected(script: Script) -> None:
    assert [step.kind for step in script.steps if step.is_protected] == ["plan"]


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_keys_are_used_once(script: Script) -> None:
    keys = [step.key for step in script.steps]
    assert sorted(set(keys)) == sorted(keys)


def texts_of(script: Script) -> Iterator[Text]:
    """Every text of a script, also of its pages."""
    yield from (script.name, script.purpose)
    for movement in script.movements:
        yield movement.title
    yield from (text for text, _ in said_on_pages(script))
    for step in script.steps:
        yield from (text for _, text, _ in said_by(step))
        yield from (prompt.text for prompt in step.prompts)
        yield from (page.credit for page in step.pages)
        if step.say is not None:
            yield step.say


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_everything_is_said_in_every_language_of_the_pack(script: Script) -> None:
    missing = [text.in_("en") for text in texts_of(script) if tuple(text) != PACK.languages]
    assert missing == []


@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_nothing_was_left_in_english(script: Script) -> None:
    assert [text.in_("en") for text in texts_of(script) if text.in_("en") == text.in_("es")] == []


@pytest.mark.parametrize("language", PACK.languages)
@pytest.mark.parametrize("script", PACK.scripts, ids=lambda script: script.key)
def test_what_the_facilitator_might_say_is_at_most_two_sentences(script: Script, language: str) -> None:
    sentences = {
        step.key: sum(step.say.in_(language).count(end) for end in (". ", "? ", "! ")) + 1
        for step in script.steps
        if step.say is not None
    }
    assert [step.key for step in script.steps] == list(sentences)
    assert {key for key, number in sentences.items() if number > 2} == set()


def test_a_page_is_short() -> None:
    lengths = {
        page.key: sum(len(text.in_("en").split()) for text, _ in said_on(page))
        for step in WORKSHOP.steps
        for page in step.pages
        if not page.key.startswith(("domain-", "ad-hoc"))
    }
    assert {key: words for key, words in lengths.items() if not 60 <= words <= 120} == {}


def test_what_we_tell_of_a_domain_is_one_sentence_with_its_source() -> None:
    pages = {
        page.key: page for page in next(step for step in WORKSHOP.steps if step.key == "six-domains").pages
    }
    assert list(pages) == [domain.key.rpartition("/")[2] for domain in PACK.domains]
    for page, domain in zip(pages.values(), PACK.domains, strict=True):
        (part,) = page.parts
        assert (page.title, page.status, part.status) == (domain.name, "published", "draft")
        assert part.text is not None
        assert part.text.in_("en").count(".") == 1
        assert page.credit.in_("en").startswith("Name: Network Health Project team. The sentence is ours")
