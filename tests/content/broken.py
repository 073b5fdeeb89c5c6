"""Sixty broken packs, each made from one good one by one edit, each with the sentence that tells what to mend."""

import io
import stat
import zipfile
from collections.abc import Callable
from typing import Final

from hubcraft.content import limits
from tests.content.test_crosswalk import LATER, REWORDED, SAYS
from tests.content.test_kinds import FILES
from tests.content.zips import flagged, with_mode, zip_of

Edit = Callable[[dict[str, str | bytes]], dict[str, str | bytes] | bytes]

SCRIPT: Final = """\
name.en = "Meeting"
purpose.en = "To meet"

[[movements]]
key = "learn"
title.en = "Learn"

[[movements.steps]]
key = "why"
kind = "read"
minutes = 2
title.en = "Why"
pages = ["why"]

[[movements.steps]]
key = "next"
kind = "plan"
minutes = 8
title.en = "Our next step"
"""
PAGE: Final = """\
title.en = "Why we meet"
credit.en = "Our words."

[[parts]]
text.en = "To see it together."
"""
# The one good pack: three kinds of framework, sources, a script with a page, a crosswalk.
GOOD: Final[dict[str, str | bytes]] = {
    **FILES,
    "pack.toml": LATER.replace('name.en = "Small"', 'name.en = "Small"\nscripts = ["meeting"]', 1),
    "first.toml": REWORDED,
    "crosswalk.toml": SAYS,
    "scripts/meeting.toml": SCRIPT,
    "pages/why.toml": PAGE,
}


def edit(file: str, sound: str, broken: str) -> Edit:
    """One change of words in one file."""

    def change(files: dict[str, str | bytes]) -> dict[str, str | bytes]:
        words = files[file]
        assert isinstance(words, str) and sound in words, f"{file} has no {sound}"
        return {**files, file: words.replace(sound, broken, 1)}

    return change


def without(file: str) -> Edit:
    return lambda files: {name: words for name, words in files.items() if name != file}


def adding(file: str, words: str | bytes) -> Edit:
    return lambda files: {**files, file: words}


def entry(name: str | zipfile.ZipInfo, words: str | bytes = "x = 1") -> Edit:
    """One more file of the zip, under a name a folder would not have."""
    return lambda files: zip_of([*files.items(), (name, words)])


def bomb(files: dict[str, str | bytes]) -> dict[str, str | bytes]:
    return {**files, **{f"pages/p{number}.toml": b"0" * 1_000_000 for number in range(20)}}


def packed_as(method: int) -> Edit:
    def change(files: dict[str, str | bytes]) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as made:
            for name, words in files.items():
                made.writestr(name, words)
        return packed.getvalue()

    return change


# By name; known/broken-packs.txt has the sentence of each.
BROKEN: Final[list[tuple[str, Edit]]] = [
    ("no-pack-toml", without("pack.toml")),
    ("no-credit", without("credit.md")),
    ("no-domain", without("first.toml")),
    ("no-script", without("scripts/meeting.toml")),
    ("no-page", without("pages/why.toml")),
    ("no-sources", without("sources.toml")),
    ("id-of-another", edit("pack.toml", '"small"', '"hub-leadership"')),
    ("id-of-a-hub", edit("pack.toml", '"small"', '"own-small"')),
    ("id-that-is-none", edit("pack.toml", '"small"', '"../small"')),
    ("id-too-long", edit("pack.toml", '"small"', f'"{"s" * 60}"')),
    ("no-version", edit("pack.toml", 'version = "1.1.0"\n', "")),
    ("version-of-two", edit("pack.toml", '"1.1.0"', '"1.1"')),
    ("version-in-other-digits", edit("pack.toml", '"1.1.0"', '"١.١.٠"')),
    ("no-language", edit("pack.toml", '["en"]', "[]")),
    ("language-that-is-none", edit("pack.toml", '["en"]', '["en", "english"]')),
    ("very-many-languages", edit("pack.toml", '["en"]', str([f"a{chr(97 + n)}" for n in range(20)]))),
    ("unknown-key", edit("pack.toml", "licence =", 'plugin = "run.py"\nlicence =')),
    (
        "three-levels",
        edit(
            "pack.toml",
            '{ key = "four", label.en = "4", short.en = "4", short_status = "draft", names_strategy = true },',
            "",
        ),
    ),
    ("level-that-is-an-answer", edit("pack.toml", '{ key = "one"', '{ key = "not-sure"')),
    ("domain-listed-twice", edit("pack.toml", '["first"]', '["first", "first"]')),
    ("domain-outside", edit("pack.toml", '["first"]', '["first", "../../etc/passwd"]')),
    ("script-outside", edit("pack.toml", '["meeting"]', '["meeting", "/etc/passwd"]')),
    ("mixed-frameworks", edit("pack.toml", 'kind = "life-cycle"', 'kind = "health"')),
    ("html-in-a-look-for", edit("first.toml", "Have little of it", "Have <b>little</b> of it")),
    ("script-in-a-goal", edit("first.toml", '"A goal"', '"<script>alert(1)</script>"')),
    ("html-in-a-credit", adding("credit.md", "By <i>somebody</i>.\n")),
    ("entity-in-a-page", edit("pages/why.toml", "To see it", "To &lt;see&gt; it")),
    ("words-turned-around", edit("first.toml", '"A goal"', '"A \\u202egoal"')),
    ("nothing-between-letters", edit("first.toml", '"A goal"', '"A \\u0000goal"')),
    ("stray-star", edit("first.toml", "Have plenty of it", "Have *plenty of it")),
    ("very-long-text", edit("first.toml", '"A goal"', f'"{"a" * 2001}"')),
    ("look-for-of-another-pack", edit("first.toml", 'key = "ours"', 'key = "hub-leadership/domain-1"')),
    ("look-for-twice", edit("first.toml", 'key = "theirs"', 'key = "ours"')),
    ("draft-without-source", edit("first.toml", 'sources = ["report", "book"]\n', "")),
    ("source-that-is-none", edit("first.toml", '"report", "book"', '"rumour"')),
    ("address-that-runs", edit("sources.toml", "https://example.org/report", "javascript:alert(1)")),
    ("stage-that-is-rated", edit("initiate.toml", "[[practices.evidence]]", "[[practices.look_fors]]")),
    ("health-that-is-rated", edit("connections.toml", "number = 1", 'number = 1\nscale = "four"')),
    ("belongs-to-nothing", edit("initiate.toml", "small/first/work/ours", "small/first/work/none")),
    ("number-below-one", edit("initiate.toml", "number = 1", "number = -1")),
    ("number-of-many-digits", edit("initiate.toml", "number = 1", f"number = {'9' * 5000}")),
    ("number-in-another-base", edit("initiate.toml", "number = 1", f"number = 0x{'f' * 5000}")),
    ("step-of-no-kind", edit("scripts/meeting.toml", 'kind = "plan"', 'kind = "run"')),
    ("page-nobody-shows", edit("scripts/meeting.toml", 'pages = ["why"]', "shows_domain = true")),
    ("domain-nobody-lists", edit("pack.toml", '["connections"]', '["initiate"]')),
    ("crosswalk-of-another-pack", edit("crosswalk.toml", 'from = "small/', 'from = "hub-leadership/')),
    (
        "crosswalk-to-nothing",
        edit("crosswalk.toml", 'to = "small/first/work/ours"', 'to = "small/first/work/none"'),
    ),
    ("crosswalk-from-the-future", edit("crosswalk.toml", '"1.0.0"', '"2.0.0"')),
    ("not-toml", edit("first.toml", 'status = "draft"', "status = draft")),
    ("curly-quotes", edit("first.toml", 'status = "draft"', "status = “draft”")),
    ("brackets-very-deep", edit("first.toml", 'status = "draft"', f"status = {'[' * 5000}")),
    ("key-of-many-parts", edit("first.toml", 'status = "draft"', f"{'a.' * 200}b = 1")),
    ("endless-line", edit("first.toml", 'status = "draft"', f'status = "{"a" * 7000}"')),
    ("not-utf-8", adding("first.toml", 'name.en = "Grüße"'.encode("latin-1"))),
    ("large-file", adding("first.toml", "".join(f"# {number}\n" for number in range(limits.FILE // 7)))),
    ("a-program", adding("run.py", "import os")),
    ("a-name-that-leads-out", entry("../../up.toml")),
    ("an-absolute-name", entry("/etc/cron.d/pack")),
    ("a-link", entry(with_mode("pages/link.toml", stat.S_IFLNK | 0o777), "/etc/passwd")),
    ("a-device", entry(with_mode("pages/tape.toml", stat.S_IFCHR | 0o666))),
    ("one-name-in-two-cases", entry("First.toml")),
    ("locked", lambda files: flagged(zip_of(files), 1)),
    ("packed-unusually", packed_as(zipfile.ZIP_LZMA)),
    ("very-many-files", lambda files: zip_of({**files, **{f"pages/p{n}.toml": PAGE for n in range(300)}})),
    ("a-bomb", bomb),
    ("cut-off", lambda files: zip_of(files)[:-40]),
]
