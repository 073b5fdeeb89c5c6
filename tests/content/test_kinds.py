"""Whose words, line by line, what they draw on; and the three kinds of framework, which are never mixed."""

import json
from pathlib import Path

import pytest

from hubcraft.content import (
    Evidence,
    LookFor,
    Mistake,
    Pack,
    PackError,
    Source,
    Text,
    read_pack,
    shipped_pack,
)

PACK = """\
id = "small"
version = "1.0.0"
languages = ["en"]
authors = ["Somebody"]
licence = "Ask them."
name.en = "Small"

[[scales]]
key = "four"
levels = [
    { key = "one", label.en = "1", short.en = "1", short_status = "draft", names_strategy = false },
    { key = "two", label.en = "2", short.en = "2", short_status = "draft", names_strategy = false },
    { key = "three", label.en = "3", short.en = "3", short_status = "draft", names_strategy = true },
    { key = "four", label.en = "4", short.en = "4", short_status = "draft", names_strategy = true },
]

[[frameworks]]
key = "practice"
name.en = "Practice"
domains = ["first"]

[[frameworks]]
key = "cycle"
kind = "life-cycle"
name.en = "Life cycle"
domains = ["initiate"]

[[frameworks]]
key = "health"
kind = "health"
name.en = "Health"
text.en = "All of it happens somewhere."
text_status = "published"
domains = ["connections"]
"""

SOURCES = """\
[[sources]]
key = "report"
title = "Un informe"
address = "https://example.org/report"

[[sources]]
key = "book"
title = "A book"
"""

FIRST = """\
status = "draft"
name_status = "published"
scale = "four"
sources = ["book"]
name.en = "First"
goal.en = "A goal"
instruction.en = "Do this"

[[practices]]
key = "work"
title.en = "Work"
status = "published"

[[practices.look_fors]]
key = "ours"
text.en = "Have *much* of it"
sources = ["report", "book"]

[[practices.look_fors]]
key = "theirs"
text.en = "Have little of it"
status = "published"
"""

INITIATE = """\
kind = "stage"
status = "published"
number = 1
name.en = "Initiate"
goal.en = "support for early phases"

[[practices]]
key = "charter"
title.en = "create a charter"
belongs = ["small/first/work/ours", "small/first/work", "other-pack/far/away"]

[[practices.evidence]]
key = "signed"
text.en = "It is signed."
status = "draft"
sources = ["report"]

[[practices.evidence]]
key = "known"
text.en = "It is known."
"""

CONNECTIONS = """\
kind = "health"
status = "published"
number = 1
name.en = "Connections"
goal.en = "Who works with whom."
"""

FILES = {
    "pack.toml": PACK,
    "sources.toml": SOURCES,
    "first.toml": FIRST,
    "initiate.toml": INITIATE,
    "connections.toml": CONNECTIONS,
    "credit.md": "By somebody.\n",
}


def write(folder: Path, **changes: str | None) -> Path:
    for name, words in {
        **FILES,
        **{f"{name}.toml": words for name, words in changes.items()},
    }.items():
        if words is not None:
            (folder / name).write_text(words, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(PackError) as told:
        read_pack(folder)
    return told.value.mistakes


def line_of(source: str, words: str) -> int:
    return source[: source.index(words)].count("\n") + 1


def in_english(words: str) -> Text:
    return Text({"en": words}, "en")


def test_whose_words_is_said_line_by_line(tmp_path: Path) -> None:
    first = read_pack(write(tmp_path)).domain("small/first")
    assert (first.name_status, first.status, first.sources) == ("published", "draft", ("book",))
    (work,) = first.practices
    assert work.status == "published"
    assert work.look_fors == (
        LookFor("small/first/work/ours", in_english("Have *much* of it"), "draft", ("report", "book")),
        LookFor("small/first/work/theirs", in_english("Have little of it"), "published"),
    )


@pytest.mark.parametrize(
    ("domain", "practice", "look_for"),
    [
        ("published", "published", "published"),
        ("published", "draft", "draft"),
        ("draft", "published", "draft"),
        ("draft", "draft", "draft"),
    ],
)
def test_words_that_say_nothing_are_ours_where_anything_around_them_is(
    tmp_path: Path, domain: str, practice: str, look_for: str
) -> None:
    first = FIRST.replace('status = "draft"', f'status = "{domain}"', 1).replace(
        'title.en = "Work"\nstatus = "published"', f'title.en = "Work"\nstatus = "{practice}"'
    )
    ours, theirs = read_pack(write(tmp_path, first=first)).domain("small/first").look_fors
    assert (ours.status, theirs.status) == (look_for, "published")


def test_what_a_source_is_called_and_where_it_is(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    assert pack.sources == (
        Source("report", "Un informe", "https://example.org/report"),
        Source("book", "A book"),
    )
    assert pack.source("book").title == "A book"


def test_a_stage_has_work_with_what_shows_it_and_what_belongs_to_it(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    (charter,) = pack.domain("small/initiate").practices
    assert charter.evidence == (
        Evidence("small/initiate/charter/signed", in_english("It is signed."), "draft", ("report",)),
        Evidence("small/initiate/charter/known", in_english("It is known."), "published"),
    )
    assert charter.belongs == ("small/first/work/ours", "small/first/work", "other-pack/far/away")


def test_a_framework_has_a_kind_and_may_say_something_of_the_whole(tmp_path: Path) -> None:
    practice, cycle, health = read_pack(write(tmp_path)).frameworks
    assert [(it.kind, it.text, it.text_status) for it in (practice, cycle, health)] == [
        ("practice", None, "draft"),
        ("life-cycle", None, "draft"),
        ("health", in_english("All of it happens somewhere."), "published"),
    ]


def test_only_what_has_look_fors_can_be_rated(tmp_path: Path) -> None:
    assert [(it.kind, it.has_rubric) for it in read_pack(write(tmp_path)).domains] == [
        ("domain", True),
        ("stage", False),
        ("health", False),
    ]


def test_all_of_it_comes_back_from_a_database(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path))
    stored = json.loads(json.dumps(pack.to_json()))
    assert Pack.from_json(stored) == pack
    assert stored["sources"][1] == {"key": "book", "title": "A book"}


def test_what_a_look_for_was_taken_from_is_kept(tmp_path: Path) -> None:
    origin = "hub-leadership/domain-1/develop-the-hub-as-a-team/trust"
    first = FIRST.replace('key = "theirs"', f'key = "theirs"\norigin = "{origin}"')
    pack = read_pack(write(tmp_path, first=first))
    assert [it.origin for it in pack.domain("small/first").look_fors] == ["", origin]
    assert Pack.from_json(pack.to_json()) == pack


def test_a_pack_that_uses_none_of_it_is_stored_as_before() -> None:
    """What was there when packs knew only domains and logs; another digest would be another wording."""
    allowed = {
        "domain": {
            "aliases",
            "credit",
            "goal",
            "heading",
            "how_to",
            "instruction",
            "key",
            "kind",
            "name",
            "number",
        }
        | {"practices", "prompts", "scale", "status"},
        "practice": {"key", "look_fors", "title"},
        "look_for": {"key", "text"},
    }
    stored = shipped_pack("hub-leadership").domain("hub-leadership/domain-1")
    plain = json.loads(Path(__file__).with_name("known").joinpath("hub-leadership-1.0.0.json").read_text())
    for domain in Pack.from_json(plain).to_json()["frameworks"][0]["domains"]:
        assert set(domain) <= allowed["domain"]
        for practice in domain["practices"]:
            assert set(practice) == allowed["practice"]
            assert all(set(it) == allowed["look_for"] for it in practice["look_fors"])
    assert stored.status == stored.name_status == "published"


IN_FIRST = [
    (
        'name_status = "published"',
        'name_status = "ours"',
        'name_status can\'t be "ours".',
        "published, draft",
    ),
    ('sources = ["report", "book"]', "", "This look-for is a draft and says no source.", "Add sources"),
    ('sources = ["report", "book"]', "sources = []", "sources is not a list of texts.", "sources ="),
    ('["report", "book"]', '["reports"]', 'There is no source "reports".', "sources.toml: book, report."),
    ('["report", "book"]', '["book", "book"]', '"book" stands here twice.', "once"),
    ('sources = ["book"]', 'sources = ["none"]', 'There is no source "none".', "book, report"),
    (
        'sources = ["book"]',
        'kind = "stage"',
        'A domain of kind "stage" is not in',
        'kind = "domain" or kind = "log"',
    ),
    (
        'key = "theirs"',
        'key = "theirs"\norigin = "small/first"',
        '"small/first" is no whole key of a',
        "pack/domain",
    ),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_FIRST)
def test_a_mistake_in_a_domain_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    changed = FIRST.replace(sound, broken, 1)
    (told,) = (it for it in mistakes(write(tmp_path, first=changed)) if it.what.startswith(what))
    assert told.file == "first.toml"
    if broken:
        assert told.line == line_of(changed, broken.rpartition("\n")[2])
    assert remedy in told.remedy


IN_STAGE = [
    ('goal.en = "support for early phases"\n', "", "goal is missing.", "what it is for"),
    (
        'kind = "stage"\n',
        "",
        'A domain of kind "domain" is not in a framework of kind "life-cycle".',
        "stage",
    ),
    ('kind = "stage"', 'kind = "health"', 'A domain of kind "health" is not in', 'kind = "stage"'),
    ('kind = "stage"', 'kind = "stage"\nscale = "four"', "A stage has no rubric.", "Remove scale."),
    ('kind = "stage"', 'kind = "stage"\nheading.en = "H"', "A stage has no rubric.", "Remove heading."),
    (
        "[[practices.evidence]]",
        "[[practices.look_fors]]",
        "A stage has no look-fors.",
        "[[practices.evidence]]",
    ),
    ("small/first/work/ours", "small/first/work/mine", "There is no practice or look-for", "whole key"),
    ("other-pack/far/away", "far away", '"far away" is no whole key of a practice', "pack/domain"),
    ("other-pack/far/away", "small/first/work", '"small/first/work" stands here twice.', "once"),
    ('key = "known"', 'key = "signed"', 'The key "signed" is used twice.', "Give each evidence"),
    ('key = "known"', f'key = "{"k" * 150}"', "small/initiate/charter/k", "at most 160"),
    ('text.en = "It is known."', 'text.en = "It is *known*."', "text has a star", "between two stars"),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_STAGE)
def test_a_mistake_in_a_stage_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    told = mistakes(write(tmp_path, initiate=INITIATE.replace(sound, broken, 1)))
    found = next(it for it in told if it.what.startswith(what))
    assert (found.file, found.line is not None) == ("initiate.toml", True)
    assert remedy in found.remedy


IN_HEALTH = [
    ('goal.en = "Who works with whom."\n', "", "goal is missing.", "what it means"),
    (
        "number = 1",
        'number = 1\npractices = [{ key = "a", title.en = "A" }]',
        "A domain of health has no practices.",
        "Remove them",
    ),
    (
        "number = 1",
        'number = 1\ninstruction.en = "Do"',
        "A domain of health has no rubric.",
        "Remove instruction.",
    ),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_HEALTH)
def test_a_mistake_in_a_domain_of_health_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    (told,) = mistakes(write(tmp_path, connections=CONNECTIONS.replace(sound, broken, 1)))
    assert (told.file, told.what) == ("connections.toml", what)
    assert remedy in told.remedy


@pytest.mark.parametrize("key", ["evidence", "belongs"])
def test_only_the_work_of_a_stage_has_evidence_and_what_belongs_to_it(tmp_path: Path, key: str) -> None:
    given = {"evidence": '[{ key = "a", text.en = "A" }]', "belongs": '["small/first/work"]'}[key]
    changed = FIRST.replace('title.en = "Work"', f'title.en = "Work"\n{key} = {given}')
    (told,) = mistakes(write(tmp_path, first=changed))
    assert (told.file, told.line, told.what) == (
        "first.toml",
        line_of(changed, f"{key} ="),
        f"Only the work of a stage has {key}.",
    )


IN_SOURCES = [
    ('key = "book"', 'key = "report"', 'The key "report" is used twice.', "Give each source"),
    ('title = "A book"', 'title = ""', "title is empty.", "Write the words"),
    ('title = "A book"', 'title.en = "A book"', "title is not a text in quotes.", "a text in quotes"),
    ("https://example.org/report", "example.org", '"example.org" is no address.', "https://"),
    ("https://example.org/report", "javascript:alert(1)", '"javascript:alert(1)" is no address.', "https://"),
    ('title = "A book"', 'title = "A book"\nyear = 2020', 'There is no "year" here.', "address, key, title"),
]


@pytest.mark.parametrize(("sound", "broken", "what", "remedy"), IN_SOURCES)
def test_a_mistake_in_the_sources_is_told(
    tmp_path: Path, sound: str, broken: str, what: str, remedy: str
) -> None:
    told = mistakes(write(tmp_path, sources=SOURCES.replace(sound, broken, 1)))
    assert told[-1].file == "sources.toml"
    assert told[-1].what == what
    assert remedy in told[-1].remedy


def test_sources_without_any_are_told(tmp_path: Path) -> None:
    told = mistakes(write(tmp_path, sources="# none yet\n"))
    assert [(it.file, it.line, it.what) for it in told if it.file == "sources.toml"] == [
        ("sources.toml", 1, "There are no sources.")
    ]


IN_FRAMEWORKS = [
    (
        'kind = "health"',
        'kind = "practice"',
        'A domain of kind "health" is not in a framework of kind "practice".',
    ),
    ('kind = "health"', 'kind = "well-being"', 'kind can\'t be "well-being".'),
    ('text.en = "All of it happens somewhere."\n', "", "There is no text to say this of."),
    ('["connections"]', '["sources"]', '"sources" is no name for a domain.'),
    ('["connections"]', '["../connections"]', '"../connections" is no key.'),
]


@pytest.mark.parametrize(("sound", "broken", "what"), IN_FRAMEWORKS)
def test_a_mistake_in_a_framework_is_told(tmp_path: Path, sound: str, broken: str, what: str) -> None:
    told = mistakes(write(tmp_path, pack=PACK.replace(sound, broken, 1)))
    assert what in [it.what for it in told]
