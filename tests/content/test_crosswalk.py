"""Versions of a pack: what a crosswalk says, which mistakes in one are told, and what follows through several."""

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubcraft.content import (
    Crosswalk,
    LookFor,
    Mistake,
    Pack,
    PackError,
    Practice,
    Text,
    followed,
    passages_between,
    read_pack,
    shipped_pack,
)
from hubcraft.domain.crosswalks import Fate, Passage, said
from tests.content.test_kinds import FILES, FIRST, PACK, write

LATER = PACK.replace("1.0.0", "1.1.0")
OURS, THEIRS, WORK = "small/first/work/ours", "small/first/work/theirs", "small/first/work"
REWORDED = FIRST.replace("Have *much* of it", "Have plenty of it")
SAYS = f"""\
[[from]]
version = "1.0.0"

[[from.changes]]
kind = "reworded"
from = "{OURS}"
to = "{OURS}"
comparable = true
"""
LONG = bool(os.environ.get("HUBCRAFT_SOAK"))


@pytest.fixture
def earlier(tmp_path: Path) -> Pack:
    (tmp_path / "earlier").mkdir()
    return read_pack(write(tmp_path / "earlier"))


def later(folder: Path, earlier: Pack, **changes: str) -> Pack:
    (folder / "later").mkdir()
    return read_pack(write(folder / "later", **{"pack": LATER, **changes}), earlier=[earlier])


def told(folder: Path, earlier: Pack, **changes: str) -> tuple[Mistake, ...]:
    with pytest.raises(PackError) as error:
        later(folder, earlier, **changes)
    return error.value.mistakes


def fates(one: Pack, other: Pack) -> dict[str, tuple[str, bool]]:
    """By the keys' last words: what became of it, and whether it can be compared."""
    return {
        " ".join(key.rpartition("/")[2] for key in it.after or it.before): (it.fate.value, it.joins)
        for it in passages_between(one, other)
    }


def test_what_did_not_change_needs_no_word(tmp_path: Path, earlier: Pack) -> None:
    assert fates(earlier, later(tmp_path, earlier)) == {
        "work": ("same", True),
        "ours": ("same", True),
        "theirs": ("same", True),
    }


def test_emphasis_and_a_translation_are_no_other_words(earlier: Pack) -> None:
    def in_two(pack: Pack, english: str, spanish: str) -> Pack:
        return changed(pack, {OURS: Text({"en": english, "es": spanish}, "en")})

    assert fates(in_two(earlier, "Much of it", "Mucho"), in_two(earlier, "*Much* of it", "Bastante"))[
        "ours"
    ] == ("same", True)
    assert fates(in_two(earlier, "Much of it", "Mucho"), in_two(earlier, "Lots of it", "Mucho"))["ours"] == (
        "reworded",
        False,
    )


def test_other_words_without_a_word_on_it_are_a_mistake_and_a_seam(tmp_path: Path, earlier: Pack) -> None:
    (mistake,) = told(tmp_path, earlier, first=REWORDED)
    line = REWORDED[: REWORDED.index("Have plenty")].count("\n") + 1
    assert str(mistake) == (
        f'first.toml, line {line}: "{OURS}" has other words than in version 1.0.0. Say in crosswalk.toml, below'
        ' [[from]] with version = "1.0.0", that it was reworded, and whether the two can be compared; or give it a'
        " key of its own."
    )
    unsaid = read_pack(tmp_path / "later")
    assert fates(earlier, unsaid)["ours"] == ("reworded", False)


@pytest.mark.parametrize("comparable", ["true", "false"])
def test_what_its_authors_say_of_other_words_holds(tmp_path: Path, earlier: Pack, comparable: str) -> None:
    says = SAYS.replace("true", comparable)
    pack = later(tmp_path, earlier, first=REWORDED, crosswalk=says)
    assert fates(earlier, pack)["ours"] == ("reworded", comparable == "true")
    assert fates(pack, earlier)["ours"] == ("reworded", comparable == "true")
    assert Pack.from_json(pack.to_json()) == pack


def test_a_split_a_merger_what_is_new_and_what_is_gone(tmp_path: Path, earlier: Pack) -> None:
    first = FIRST.replace('key = "theirs"', 'key = "less"') + (
        '[[practices.look_fors]]\nkey = "least"\ntext.en = "Have least of it"\nstatus = "published"\n'
    )
    says = f"""\
[[from]]
version = "1.0.0"

[[from.changes]]
kind = "split"
from = "{THEIRS}"
to = ["{WORK}/less", "{WORK}/least"]
"""
    pack = later(tmp_path, earlier, first=first, crosswalk=says)
    assert fates(earlier, pack) == {
        "less least": ("split", False),
        "work": ("same", True),
        "ours": ("same", True),
    }
    assert fates(pack, earlier)["theirs"] == ("merged", False)


def test_what_moved_joins_only_where_it_is_said(tmp_path: Path, earlier: Pack) -> None:
    first = FIRST.replace('key = "theirs"', 'key = "moved"')
    (tmp_path / "unsaid").mkdir()
    unsaid = read_pack(write(tmp_path / "unsaid", pack=LATER, first=first), earlier=[earlier])
    assert fates(earlier, unsaid) == {
        "work": ("same", True),
        "ours": ("same", True),
        "moved": ("new", False),
        "theirs": ("gone", False),
    }
    says = SAYS.replace(f'from = "{OURS}"', f'from = "{THEIRS}"').replace(OURS, f"{WORK}/moved")
    assert fates(earlier, later(tmp_path, earlier, first=first, crosswalk=says))["moved"] == (
        "reworded",
        True,
    )


def test_on_other_levels_nothing_can_be_compared(tmp_path: Path, earlier: Pack) -> None:
    pack = later(tmp_path, earlier, pack=LATER.replace('{ key = "four", label', '{ key = "fourth", label'))
    assert {it for _, it in fates(earlier, pack).values()} == {False}


def test_words_taken_over_into_another_pack_are_the_same_until_they_change(earlier: Pack) -> None:
    (domain,) = (it for it in earlier.domains if it.has_rubric)
    (practice,) = domain.practices

    def own(words: str) -> Pack:
        taken = LookFor("own-x/first/mine/a", Text({"en": words}, "en"), origin=OURS)
        more = LookFor("own-x/first/mine/b", Text({"en": "Ours alone"}, "en"))
        mine = replace(
            domain,
            key="own-x/first",
            practices=(Practice("own-x/first/mine", practice.title, (taken, more)),),
        )
        return replace(earlier, id="own-x", frameworks=(replace(earlier.frameworks[0], domains=(mine,)),))

    assert fates(earlier, own("Have *much* of it"))["a"] == ("same", True)
    assert fates(earlier, own("Have more of it"))["a"] == ("reworded", False)
    assert fates(earlier, own("Have *much* of it"))["b"] == ("new", False)
    assert followed([earlier, own("Have *much* of it"), earlier])[OURS] == (OURS, "own-x/first/mine/a", OURS)
    # What another pack in between does not have is the same again after it.
    assert followed([earlier, own("Have *much* of it"), earlier])[THEIRS] == (THEIRS, "", THEIRS)


IN_CROSSWALK = [
    ('version = "1.0.0"', 'version = "1.1.0"', "Version 1.1.0 is not earlier than this one, 1.1.0."),
    ('version = "1.0.0"', 'version = "one"', '"one" is no version.'),
    ('kind = "reworded"', 'kind = "renamed"', 'kind can\'t be "renamed".'),
    ("comparable = true\n", "", "comparable is missing."),
    ("comparable = true", 'comparable = "yes"', "comparable is not true or false."),
    (f'from = "{OURS}"', 'from = "ours"', '"ours" is no whole key of a practice or look-for.'),
    (f'from = "{OURS}"', 'from = "other/first/work/ours"', '"other/first/work/ours" is not of this pack.'),
    (f'from = "{OURS}"', f'from = "{WORK}/was"', f'Version 1.0.0 has no "{WORK}/was".'),
    (f'from = "{OURS}"', f'from = "{WORK}"', "A practice and a look-for stand in one change."),
    (
        f'to = "{OURS}"',
        f'to = "{WORK}/none"',
        f'There is no practice or look-for "{WORK}/none" in this pack.',
    ),
    (f'to = "{OURS}"', f'to = ["{OURS}"]', "to is not a text in quotes."),
    ('kind = "reworded"', 'kind = "gone"', f'"{OURS}" is not gone, it is in this version.'),
    ('kind = "reworded"', 'kind = "split"', "to is not a list of texts."),
    (
        f'from = "{OURS}"',
        f'from = "{THEIRS}"',
        f'"{THEIRS}" became something else, and is in this version all the same.',
    ),
    ('kind = "reworded"', 'kind = "new"', 'There is no "from" here.'),
    (SAYS, "", "There is no earlier version here."),
    (SAYS, '[[from]]\nversion = "1.0.0"\n', "Nothing changed from this version."),
    (SAYS, f"{SAYS}\n{SAYS}", "Version 1.0.0 stands here twice."),
    (SAYS, SAYS + SAYS.partition("\n\n")[2], f'"{OURS}" changes twice from this version.'),
]


@pytest.mark.parametrize(("sound", "broken", "what"), IN_CROSSWALK)
def test_a_mistake_in_a_crosswalk_is_told(
    tmp_path: Path, earlier: Pack, sound: str, broken: str, what: str
) -> None:
    assert SAYS.count(sound) == 1
    found = told(tmp_path, earlier, first=REWORDED, crosswalk=SAYS.replace(sound, broken) or "# nothing\n")
    assert what in [it.what for it in found]
    assert {(it.file, it.line is not None) for it in found} == {("crosswalk.toml", True)}


def test_the_same_version_with_other_words_is_a_mistake(tmp_path: Path, earlier: Pack) -> None:
    (mistake,) = told(tmp_path, earlier, pack=PACK, first=REWORDED)
    assert (mistake.file, mistake.line) == ("pack.toml", 2)
    assert mistake.what == "There is a version 1.0.0 with other words."
    (tmp_path / "again").mkdir()
    assert read_pack(write(tmp_path / "again"), earlier=[earlier]) == earlier


def changed(pack: Pack, words: Mapping[str, Text]) -> Pack:
    """The pack with exactly these look-fors, in its one practice that can be rated."""
    first, *others = pack.frameworks
    (domain,) = first.domains
    (practice,) = domain.practices
    look_fors = tuple(LookFor(key, text) for key, text in words.items())
    domain = replace(domain, practices=(replace(practice, look_fors=look_fors),))
    return replace(pack, frameworks=(replace(first, domains=(domain,)), *others))


BASE = shipped_pack("hub-leadership")
RATED = replace(
    BASE,
    scripts=(),
    frameworks=(
        replace(
            BASE.frameworks[0],
            domains=(replace(BASE.domains[0], practices=(Practice("p", Text({"en": "P"}, "en"), ()),)),),
        ),
    ),
)
WORDINGS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(("one", "two")), min_size=1, max_size=3)
SAID = st.lists(
    st.builds(
        lambda fate, before, after, comparable: said(fate, before, after, comparable=comparable),
        st.sampled_from([it for it in Fate if it is not Fate.SAME]),
        st.lists(st.sampled_from("abc"), max_size=2, unique=True),
        st.lists(st.sampled_from("abc"), max_size=2, unique=True),
        st.booleans(),
    ),
    max_size=3,
)


HISTORIES = st.lists(st.tuples(WORDINGS, st.lists(st.none() | SAID, max_size=4)), min_size=2, max_size=5)


def versions_of(history: list[tuple[dict[str, str], list[list[Passage] | None]]]) -> list[Pack]:
    """Versions of one pack, each with a word or none on each of those before it."""
    packs = list[Pack]()
    for number, (words, of_earlier) in enumerate(history):
        crosswalks = tuple(
            Crosswalk(it.version, tuple(told))
            for it, told in zip(packs, of_earlier, strict=False)
            if told is not None
        )
        pack = changed(RATED, {key: Text({"en": text}, "en") for key, text in words.items()})
        packs.append(replace(pack, version=f"1.{number}.0", crosswalks=crosswalks))
    return packs


def version(number: int, words: str, *crosswalks: Crosswalk) -> Pack:
    """One version of a pack in which one look-for, a, is rated."""
    pack = changed(RATED, {"a": Text({"en": words}, "en")})
    return replace(pack, version=f"1.{number}.0", crosswalks=crosswalks)


def test_a_look_for_is_followed_through_versions_until_its_authors_forbid_it() -> None:
    comparable, another = (said(Fate.REWORDED, ["a"], ["a"], comparable=it) for it in (True, False))
    first, second = version(0, "one"), version(1, "two", Crosswalk("1.0.0", (comparable,)))
    third = version(2, "two")
    forbidding = replace(third, crosswalks=(Crosswalk("1.0.0", (another,)),))
    assert followed([first, second, third])["a"] == ("a", "a", "a")
    assert followed([first, second, forbidding])["a"] == (another, "a", "a")
    (seam, last) = followed([first, third])["a"]
    assert (isinstance(seam, Passage) and seam.fate, last) == (Fate.REWORDED, "a")
    assert followed([first, first, third])["a"] == (None, seam, "a")
    assert followed([first, version(3, "one")])["a"] == ("a", "a")
    assert followed([third, first, second])["a"] == (seam, "a", "a")


@settings(max_examples=2_000 if LONG else 60, deadline=None)
@given(HISTORIES, st.lists(st.integers(0, 4), min_size=2, max_size=5))
def test_no_sequence_of_versions_loses_a_wording_or_joins_what_a_crosswalk_forbids(
    history: list[tuple[dict[str, str], list[list[Passage] | None]]], order: list[int]
) -> None:
    """A hub goes through versions in any order, some of them twice; what it rated can be read in its own words."""
    packs = versions_of(history)
    held = [at % len(packs) for at in order]
    stored = [pack.to_json() for pack in packs]
    read = [Pack.from_json(stored[at]) for at in held]
    assert read == [packs[at] for at in held]
    for line in followed(read).values():
        seams = [place for place, step in enumerate(line) if not isinstance(step, str)]
        assert seams == list(range(len(seams)))
        assert all(line[place] is None for place in seams[:-1])
        keys = [(place, step) for place, step in enumerate(line) if isinstance(step, str) and step]
        for at, (one, before) in enumerate(keys):
            assert not any(forbids(read[one], read[other], before, after) for other, after in keys[at + 1 :])
        for (one, before), (other, after) in pairwise(keys):
            assert before == "p" or allows(read[one], read[other], before, after)


def told_between(one: Pack, other: Pack) -> tuple[Pack, Pack, list[Crosswalk]]:
    older, newer = sorted((one, other), key=lambda it: it.numbers)
    return older, newer, [it for it in newer.crosswalks if it.version == older.version]


def forbids(one: Pack, other: Pack, before: str, after: str) -> bool:
    """Whether the newer one's authors name either of the two, and do not call just these two comparable."""
    older, _, crosswalks = told_between(one, other)
    old, new = (before, after) if one is older else (after, before)
    named = [it for walk in crosswalks for it in walk.passages if old in it.before or new in it.after]
    return bool(named) and not any(it.joins and (it.before, it.after) == ((old,), (new,)) for it in named)


def allows(one: Pack, other: Pack, before: str, after: str) -> bool:
    """Whether words and key are the same, or the newer one's authors call the two comparable."""
    older, _, crosswalks = told_between(one, other)
    old, new = (before, after) if one is older else (after, before)
    words = [{it.key: it.text.in_("en") for it in pack.domains[0].look_fors} for pack in (one, other)]
    is_same = before == after and words[0][before] == words[1][after]
    return is_same or any(
        it.joins and (it.before, it.after) == ((old,), (new,)) for walk in crosswalks for it in walk.passages
    )


def test_the_files_of_these_tests_are_sound(tmp_path: Path) -> None:
    assert read_pack(write(tmp_path)).version == "1.0.0" and "crosswalk.toml" not in FILES
