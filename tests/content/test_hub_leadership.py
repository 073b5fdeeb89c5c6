"""The shipped rubric says what its authors wrote, to the letter."""

from hubcraft.content import Domain, LevelText, Pack, shipped_pack
from hubcraft.domain.rating import Level
from hubcraft.domain.rating import Scale as RatingScale

PACK = shipped_pack("hub-leadership")
RUBRIC = PACK.domain("hub-leadership/domain-1")

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


def test_only_the_first_domain_can_be_rated() -> None:
    assert [domain.key for domain in PACK.domains if domain.has_rubric] == ["hub-leadership/domain-1"]


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


def test_practices_and_look_fors_are_as_on_the_poster() -> None:
    assert {
        practice.title.in_("en"): [look_for.html.in_("en") for look_for in practice.look_fors]
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


def test_everything_is_published_and_credited() -> None:
    assert {domain.status for domain in PACK.domains} == {"published"}
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
    look_fors = {look_for.text.in_("es") for look_for in RUBRIC.look_fors}
    assert (len(labels), len(shorts), len(look_fors)) == (4, 4, 11)
    assert not look_fors & {look_for.text.in_("en") for look_for in RUBRIC.look_fors}


def test_in_spanish_the_same_word_is_underlined() -> None:
    assert {
        look_for.key.rpartition("/")[2]: look_for.html.in_("es").partition("<u>")[2].partition("</u>")[0]
        for look_for in RUBRIC.look_fors
        if "<u>" in look_for.html.in_("en") + look_for.html.in_("es")
    } == {"capacity": "capacidad", "resources": "recursos"}


def test_keys_never_change() -> None:
    assert [look_for.key for look_for in RUBRIC.look_fors] == [
        "hub-leadership/domain-1/establish-the-hub-team/diverse-members",
        "hub-leadership/domain-1/establish-the-hub-team/convening-power",
        "hub-leadership/domain-1/coordinate-and-manage/roles-and-responsibilities",
        "hub-leadership/domain-1/coordinate-and-manage/communication",
        "hub-leadership/domain-1/coordinate-and-manage/team-routines",
        "hub-leadership/domain-1/coordinate-and-manage/capacity",
        "hub-leadership/domain-1/coordinate-and-manage/resources",
        "hub-leadership/domain-1/develop-the-hub-as-a-team/trust",
        "hub-leadership/domain-1/develop-the-hub-as-a-team/recruit-and-onboard",
        "hub-leadership/domain-1/develop-the-hub-as-a-team/norms",
        "hub-leadership/domain-1/develop-the-hub-as-a-team/coalesce",
    ]


def test_the_pack_is_the_same_after_it_was_stored() -> None:
    assert Pack.from_json(PACK.to_json()) == PACK
