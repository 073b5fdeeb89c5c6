"""Every mistake in a script or in a page is told with its file, its line and what to do."""

from pathlib import Path

import pytest

from hubcraft.content import KINDS, Mistake, Pack, PackError, Prompt, Text, read_pack

PACK = """\
id = "small"
version = "1.0.0"
languages = ["en"]
authors = ["Somebody"]
licence = "Ask them."
name.en = "Small"
scripts = ["meeting"]

[[scales]]
key = "four"
levels = [
    { key = "one", label.en = "1", short.en = "1", short_status = "draft", names_strategy = false },
    { key = "two", label.en = "2", short.en = "2", short_status = "draft", names_strategy = false },
    { key = "three", label.en = "3", short.en = "3", short_status = "draft", names_strategy = true },
    { key = "four", label.en = "4", short.en = "4", short_status = "draft", names_strategy = true },
]

[[frameworks]]
key = "small"
name.en = "Small"
domains = ["first", "second"]
"""

FIRST = """\
status = "published"
scale = "four"
name.en = "First"
goal.en = "A goal"
instruction.en = "Do this"
how_to = [{ en = "Look closely" }]
prompts = [{ en = "What do you do well in first?" }]

[[practices]]
key = "work"
title.en = "Work & play"

[[practices.look_fors]]
key = "much"
text.en = "Have *much* of it"
"""

SECOND = 'status = "draft"\nname.en = "Second"\n'

MEETING = """\
name.en = "Meeting"
purpose.en = "To meet"

[[movements]]
key = "learn"
title.en = "Learn"

[[movements.steps]]
key = "read"
kind = "read"
minutes = 3
title.en = "Read"
pages = ["why", "second"]

[[movements.steps]]
key = "closer"
kind = "read"
minutes = 2
title.en = "Closer"
shows_domain = true

[[movements.steps]]
key = "choose"
kind = "choice"
minutes = 4
title.en = "Choose"
question.en = "Which?"
question_status = "published"
prompts = [
    { text.en = "Which do you know?", status = "published" },
    { text.en = "Which would you learn?" },
]

[[movements]]
key = "share"
title.en = "Share"

[[movements.steps]]
key = "tell"
kind = "turn-and-talk"
status = "published"
minutes = 5
is_protected = true
title.en = "Tell"
advice.en = "In pairs"
say.en = "Turn to somebody."
prompts_of = "domain"
prompts = [{ text.en = "What do you do well?" }]
"""

WHY = """\
title.en = "Why"
credit.en = "Our words"

[[parts]]
heading.en = "If 5 < 6"
text.en = "Then R&D"

[[parts]]
status = "published"
points = [{ en = "one" }, { en = "two" }]
"""

ABOUT_SECOND = """\
domain = "second"
credit.en = "Our words"

[[parts]]
text.en = "About it"
"""

FILES = {
    "pack.toml": PACK,
    "credit.md": "By somebody.\n",
    "first.toml": FIRST,
    "second.toml": SECOND,
    "scripts/meeting.toml": MEETING,
    "pages/why.toml": WHY,
    "pages/second.toml": ABOUT_SECOND,
}


def write(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    for name, words in {**FILES, **(changes or {})}.items():
        if words is not None:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(words, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackError) as told:
        read_pack(folder)
    return told.value.mistakes


def line_of(source: str, words: str) -> int:
    return source[: source.index(words)].count("\n") + 1


def text(words: str) -> Text:
    return Text({"en": words}, "en")


def test_a_script_is_read_in_its_order(tmp_path: Path) -> None:
    script = read_pack(write(tmp_path)).script("meeting")
    assert (script.name, script.purpose, script.minutes) == (text("Meeting"), text("To meet"), 14)
    assert [(movement.key, [step.key for step in movement.steps]) for movement in script.movements] == [
        ("learn", ["read", "closer", "choose"]),
        ("share", ["tell"]),
    ]
    assert [(step.kind, step.minutes, step.is_protected) for step in script.steps] == [
        ("read", 3, False),
        ("read", 2, False),
        ("choice", 4, False),
        ("turn-and-talk", 5, True),
    ]


def test_the_headline_is_the_question_or_else_the_title(tmp_path: Path) -> None:
    steps = read_pack(write(tmp_path)).script("meeting").steps
    assert [step.headline.in_("en") for step in steps] == ["Read", "Closer", "Which?", "Tell"]


def test_what_is_not_said_to_be_published_is_ours(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    script = pack.script("meeting")
    assert script.status == "draft"
    assert [(step.status, step.question_status, step.advice_status) for step in script.steps] == [
        ("draft", "draft", "draft"),
        ("draft", "draft", "draft"),
        ("draft", "published", "draft"),
        ("published", "published", "draft"),
    ]
    assert [prompt.status for prompt in script.steps[2].prompts] == ["published", "draft"]
    assert [part.status for part in script.steps[0].pages[0].parts] == ["draft", "published"]


def test_prompts_may_be_the_domains_own(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    first, second = pack.domains
    tell = pack.script("meeting").steps[-1]
    own, ours = Prompt(text("What do you do well in first?"), "published"), tell.prompts[0]
    assert pack.prompts_of(tell, first) == (own,)
    assert pack.prompts_of(tell, second) == (ours,)
    assert pack.prompts_of(tell, None) == (ours,)


def test_how_a_rubric_is_used_may_be_the_domains_own(tmp_path: Path) -> None:
    changed = MEETING.replace('prompts_of = "domain"', 'prompts_of = "rubric"')
    pack = read_pack(write(tmp_path, {"scripts/meeting.toml": changed}))
    (told,) = pack.prompts_of(pack.script("meeting").steps[-1], pack.domains[0])
    assert told == Prompt(text("Look closely"), "published")


def test_a_page_is_html_made_of_escaped_words(tmp_path: Path) -> None:
    why, _ = read_pack(write(tmp_path)).script("meeting").steps[0].pages
    assert why.body.in_("en") == ("<h3>If 5 &lt; 6</h3><p>Then R&amp;D</p><ul><li>one</li><li>two</li></ul>")


def test_a_page_about_a_domain_is_called_what_the_domain_is_called(tmp_path: Path) -> None:
    _, page = read_pack(write(tmp_path)).script("meeting").steps[0].pages
    assert (page.title, page.status) == (text("Second"), "draft")


def test_a_closer_look_is_the_goal_and_the_practices_of_the_domain(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    (page,) = pack.pages_of(pack.script("meeting").steps[1], pack.domains[0])
    assert (page.title, page.status, page.credit) == (text("First"), "published", pack.credit)
    assert page.body.in_("en") == "<p>A goal</p><ul><li>Work &amp; play</li></ul>"


def test_a_closer_look_at_no_domain_is_no_page(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert pack.pages_of(pack.script("meeting").steps[1], None) == ()


def test_a_script_is_the_same_after_it_was_stored(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert Pack.from_json(pack.to_json()) == pack


def test_a_pack_needs_no_script(tmp_path: Path) -> None:
    changed = PACK.replace('scripts = ["meeting"]\n', "")
    gone = {name: None for name in FILES if "/" in name}
    pack = read_pack(write(tmp_path, {"pack.toml": changed, **gone}))
    assert pack.scripts == ()
    assert "scripts" not in pack.to_json()


def test_an_unknown_script_is_no_script(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert pack.script("meeting").key == "meeting"
    with pytest.raises(KeyError):
        pack.script("party")


def test_a_prompt_may_be_answered_by_choosing_domains(tmp_path: Path) -> None:
    changed = MEETING.replace('"What do you do well?"', '"What are you good at?", asks = "domains"')
    pack = read_pack(write(tmp_path, {"scripts/meeting.toml": changed}))
    assert [prompt.asks for step in pack.script("meeting").steps for prompt in step.prompts] == [
        "words",
        "words",
        "domains",
    ]
    assert Pack.from_json(pack.to_json()) == pack


IN_SCRIPT = [
    ('kind = "choice"', 'kind = "vote"', 'kind can\'t be "vote".', ", ".join(KINDS)),
    ('kind = "choice"', 'sort = "choice"', 'There is no "sort" here.', "kind"),
    ("minutes = 4", "minutes = 0", "minutes is less than 1.", "Count from 1."),
    ("minutes = 4", 'minutes = "four"', "minutes is not a whole number.", "whole number"),
    ("minutes = 4", "minutes = true", "minutes is not a whole number.", "whole number"),
    ("is_protected = true", 'is_protected = "yes"', "is_protected is not true or false.", "true or false"),
    ('key = "choose"', 'key = "read"', 'The key "read" is used twice.', "Give each step of the script"),
    ('key = "tell"', 'key = "read"', 'The key "read" is used twice.', "Give each step of the script"),
    ('key = "share"', 'key = "learn"', 'The key "learn" is used twice.', "Give each movement"),
    ('key = "tell"', f'key = "{"t" * 65}"', f"{'t' * 65} is too long.", "at most 64"),
    ('key = "tell"', 'key = "Tell!"', '"Tell!" is no key.', "small letters"),
    ('question_status = "published"', 'question_status = "theirs"', "question_status can't be", "published"),
    ('question.en = "Which?"', 'question.fr = "Lequel?"', 'question is missing in "en".', "Add question.en"),
    ('advice.en = "In pairs"', 'advice_status = "draft"', "There is no advice to say this of.", "Add advice"),
    ('say.en = "Turn to somebody."', 'say.en = "<b>Turn</b>"', "say contains HTML.", "plain words"),
    ('say.en = "Turn to somebody."', 'say.en = "Turn *now*."', "say has a star", "only in a look-for"),
    ('prompts_of = "domain"', 'prompts_of = "us"', 'prompts_of can\'t be "us".', "domain, rubric"),
    (
        'prompts = [{ text.en = "What do you do well?" }]',
        "prompts = 7",
        "prompts is not a list",
        "[[prompts]]",
    ),
    (
        'prompts = [{ text.en = "What do you do well?" }]',
        'prompts = [{ en = "What do you do well?" }]',
        "text is missing.",
        "text.en",
    ),
    (
        'prompts = [{ text.en = "What do you do well?" }]',
        'prompts = [{ text.en = "What do you do well?", asks = "numbers" }]',
        'asks can\'t be "numbers".',
        "words, domains",
    ),
    ("shows_domain = true", "pages = []", "pages is not a list of texts.", "pages ="),
    ('pages = ["why", "second"]', 'pages = ["why", "why"]', '"why" stands here twice.', "Name each once."),
    ('pages = ["why", "second"]', 'pages = ["../why"]', '"../why" is no key.', "small letters"),
    ('say.en = "Turn to somebody."', 'pages = ["why"]', "Only a step to read has pages.", 'kind = "read"'),
    (
        'say.en = "Turn to somebody."',
        "shows_domain = true",
        "Only a step to read has pages.",
        'kind = "read"',
    ),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_SCRIPT)
def test_a_mistake_in_a_script_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    told = mistakes(write(tmp_path, {"scripts/meeting.toml": MEETING.replace(sound, broken, 1)}))
    found = next(mistake for mistake in told if mistake.what.startswith(what))
    assert (found.file, found.line) == ("scripts/meeting.toml", line_of(MEETING, sound))
    assert remedy in found.remedy


AT_ITS_STEP = [
    ("minutes = 4\n", "minutes is missing.", "Add minutes: a whole number."),
    ('kind = "choice"\n', "kind is missing.", "Add kind"),
    ('title.en = "Choose"\n', "title is missing.", "title.en"),
]


@pytest.mark.parametrize(("line", "what", "remedy"), AT_ITS_STEP)
def test_what_a_step_misses_is_told_at_the_step(tmp_path: Path, line: str, what: str, remedy: str) -> None:
    told = mistakes(write(tmp_path, {"scripts/meeting.toml": MEETING.replace(line, "", 1)}))
    found = next(mistake for mistake in told if mistake.what == what)
    assert found.line == line_of(MEETING, 'key = "choose"') - 1
    assert remedy in found.remedy


def test_a_step_to_read_needs_something_to_read(tmp_path: Path) -> None:
    (told,) = mistakes(
        write(tmp_path, {"scripts/meeting.toml": MEETING.replace("shows_domain = true\n", "")})
    )
    assert (told.line, told.what) == (
        line_of(MEETING, 'key = "closer"') - 1,
        "This step has nothing to read.",
    )


def test_a_choice_asks_two_questions(tmp_path: Path) -> None:
    changed = MEETING.replace('    { text.en = "Which would you learn?" },\n', "")
    (told,) = mistakes(write(tmp_path, {"scripts/meeting.toml": changed}))
    assert (told.line, told.what) == (
        line_of(MEETING, "prompts = ["),
        "A choice asks two questions, not 1.",
    )


def test_prompts_of_a_domain_need_some_for_a_domain_without(tmp_path: Path) -> None:
    changed = MEETING.replace('prompts = [{ text.en = "What do you do well?" }]\n', "")
    (told,) = mistakes(write(tmp_path, {"scripts/meeting.toml": changed}))
    assert (told.line, told.what) == (
        line_of(MEETING, "prompts_of"),
        "There are no prompts for a domain that has none of its own.",
    )


def test_a_script_has_movements_and_a_movement_steps(tmp_path: Path) -> None:
    head = MEETING[: MEETING.index("[[movements]]")]
    bare = {"pages/why.toml": None, "pages/second.toml": None}
    (told,) = mistakes(write(tmp_path, {"scripts/meeting.toml": head, **bare}))
    assert (told.line, told.what) == (1, "This script has no movements.")
    empty = head + '[[movements]]\nkey = "learn"\ntitle.en = "Learn"\n'
    (told,) = mistakes(write(tmp_path, {"scripts/meeting.toml": empty, **bare}))
    assert (told.line, told.what) == (line_of(empty, "[[movements]]"), "This movement has no steps.")


IN_PAGE = [
    ('title.en = "Why"', 'titel.en = "Why"', 'There is no "titel" here.', "title"),
    ('text.en = "Then R&D"', 'text.en = "Then <i>R</i>"', "text contains HTML.", "plain words"),
    ('text.en = "Then R&D"', 'texts.en = "Then R&D"', 'There is no "texts" here.', "text"),
    ('status = "published"', 'status = "theirs"', 'status can\'t be "theirs".', "published, draft"),
    ('points = [{ en = "one" }, { en = "two" }]', 'points = ["one"]', "points has no language.", "points.en"),
    ('title.en = "Why"', 'domain = "third"', 'There is no domain "third".', "first, second"),
    ('title.en = "Why"', 'domain = "first"\ntitle.en = "Why"', 'There is no "title" here.', "domain"),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_PAGE)
def test_a_mistake_in_a_page_is_told(tmp_path: Path, sound: str, broken: str, what: str, remedy: str) -> None:
    changed = WHY.replace(sound, broken, 1)
    told = mistakes(write(tmp_path, {"pages/why.toml": changed}))
    found = next(mistake for mistake in told if mistake.what.startswith(what))
    assert (found.file, found.line) == ("pages/why.toml", line_of(changed, broken.rpartition("\n")[2]))
    assert remedy in found.remedy


def test_a_page_without_parts_is_told(tmp_path: Path) -> None:
    head = WHY[: WHY.index("[[parts]]")]
    (told,) = mistakes(write(tmp_path, {"pages/why.toml": head}))
    assert (told.file, told.line, told.what) == ("pages/why.toml", 1, "This page has nothing to read.")


def test_an_empty_part_is_told(tmp_path: Path) -> None:
    changed = WHY.replace('points = [{ en = "one" }, { en = "two" }]\n', "")
    (told,) = mistakes(write(tmp_path, {"pages/why.toml": changed}))
    assert (told.line, told.what) == (8, "This part is empty.")


@pytest.mark.parametrize("file", ["scripts/meeting.toml", "pages/why.toml"])
def test_a_missing_file_is_told(tmp_path: Path, file: str) -> None:
    (told,) = mistakes(write(tmp_path, {file: None}))
    assert (told.file, told.line, told.what) == (file, None, "The file is missing.")


@pytest.mark.parametrize("file", ["scripts/meeting.toml", "pages/why.toml"])
def test_what_is_not_toml_is_told_once(tmp_path: Path, file: str) -> None:
    (told,) = mistakes(write(tmp_path, {file: 'title = "Why"\nstatus = draft\n'}))
    assert (told.file, told.line) == (file, 2)
    assert told.what.startswith("This is not TOML: ")


def test_a_script_pack_toml_does_not_list_is_told(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, {"scripts/party.toml": MEETING}))
    assert (told.file, told.what) == ("scripts/party.toml", "pack.toml doesn't list this script.")
    assert told.remedy == 'Add "party" to the scripts in pack.toml, or remove the file.'


def test_a_page_no_step_shows_is_told(tmp_path: Path) -> None:
    (told,) = mistakes(write(tmp_path, {"pages/how.toml": WHY}))
    assert (told.file, told.what) == ("pages/how.toml", "No step shows this page.")
