"""docs/build/framework.md tells every drafted look-for of the rubric with what speaks for it, and nothing else."""

import re
from pathlib import Path
from typing import NamedTuple

from hubcraft.content import shipped_pack
from hubcraft.content.text import DRAFT

PACK = shipped_pack("hub-leadership")
PAGE = (Path(__file__).parents[2] / "docs" / "build" / "framework.md").read_text(encoding="utf-8")

HEADING = re.compile(r"^## Domain (\d): (.+)$", re.MULTILINE)
# An example of the form stands above the first domain, behind "> ".
TOLD = re.compile(
    r"""^\#\#\#\ `(?P<key>[a-z0-9/-]+)`\n\n
    (?P<words>[^\n]+)\n\n
    Sources:\ (?P<sources>`[^\n]+`)\n\n
    -\ \*\*Pretty\ good,\ because\*\*\ (?P<good>[^\n]+)\n
    -\ \*\*Could\ get\ better,\ because\*\*\ (?P<better>[^\n]+)$""",
    re.MULTILINE | re.VERBOSE,
)


class Told(NamedTuple):
    """One look-for as the page tells it."""

    words: str
    sources: tuple[str, ...]


def told(section: str) -> dict[str, Told]:
    return {
        found["key"]: Told(found["words"], tuple(re.findall(r"`([^`]+)`", found["sources"])))
        for found in TOLD.finditer(section)
    }


def sections() -> dict[int, str]:
    """What stands under each domain's heading."""
    headings = list(HEADING.finditer(PAGE))
    ends = [heading.start() for heading in headings[1:]] + [len(PAGE)]
    return {int(it[1]): PAGE[it.end() : end] for it, end in zip(headings, ends, strict=True)}


def test_every_drafted_look_for_stands_under_its_domain_with_its_words_and_sources() -> None:
    drafted = {
        domain.number: {
            one.key.partition("/")[2]: Told(one.text.in_("en"), one.sources)
            for one in domain.look_fors
            if one.status == DRAFT
        }
        for domain in PACK.domains
        if domain.number is not None
    }
    assert {number: told(section) for number, section in sections().items()} == drafted


def test_they_stand_in_the_order_of_the_rubric() -> None:
    of_ours = [
        one.key.partition("/")[2]
        for domain in PACK.domains
        for one in domain.look_fors
        if one.status == DRAFT
    ]
    assert list(told(PAGE)) == of_ours


def test_whatever_has_a_heading_there_has_the_form() -> None:
    """So that nothing is told in another form, and passed over."""
    assert PAGE.count("\n### ") == len(list(TOLD.finditer(PAGE)))


def test_the_domains_are_called_as_in_the_pack() -> None:
    assert {int(number): name for number, name in HEADING.findall(PAGE)} == {
        domain.number: domain.name.in_("en") for domain in PACK.domains if domain.number is not None
    }


def test_no_argument_is_given_twice() -> None:
    said = [found[side] for found in TOLD.finditer(PAGE) for side in ("good", "better")]
    assert sorted(said) == sorted(set(said))
    assert [words for words in said if words[-1] not in ".”"] == []
