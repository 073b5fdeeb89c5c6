"""What a mail is made of: one line where one line must hold, and the passages that its text consists of."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# What turns the direction of what follows it, and what ends that again.
_OPENS: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_LINK: Final = re.compile(r"https?://\S+")
_RULE: Final = re.compile(r"-{3,}")


def one_line(words: str) -> str:
    """Words on one line, whatever they were: what leads to a new one is a gap, what shows nothing and steers goes.

    A direction that they turn is turned back at their end, so that the words of others stay as they are.
    """
    seen = "".join(it for it in words if it.isspace() or unicodedata.category(it) not in {"Cc", "Cs"})
    kept = " ".join(seen.split())
    return kept + turned_back(kept)


def turned_back(words: str) -> str:
    """What ends every turn of direction that these words leave open."""
    ends: list[str] = []
    for sign in words:
        if sign in _OPENS:
            ends.append(_OPENS[sign])
        elif sign in ends:
            while ends.pop() != sign:
                pass
    return "".join(reversed(ends))


@dataclass(frozen=True)
class Passage:
    """A part of a mail: `title`, `text`, `list`, `link` or `code`; a list's lines are what each point says."""

    kind: str
    lines: tuple[str, ...]
    # Of a list, where each of its points leads; empty where it leads nowhere.
    links: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """Each point of a list with where it leads."""
        return tuple(zip(self.lines, self.links, strict=True))


def passages(words: str) -> tuple[Passage, ...]:
    """A mail's text by its parts.

    An empty line ends a part. An address alone on its line is a link, a line with a rule under it a title, what is
    indented by four is a code or a command, what begins with a dash a point of a list.
    """
    told: list[Passage] = []
    for block in re.split(r"\n[ \t]*\n", words.replace("\r\n", "\n").strip("\n")):
        told += _of_block([it for it in block.split("\n") if it.strip()])
    return tuple(told)


def _of_block(lines: list[str]) -> list[Passage]:
    if not lines:
        return []
    if all(it.startswith("    ") for it in lines):
        return [Passage("code", tuple(it.strip() for it in lines))]
    if len(lines) > 1 and _RULE.fullmatch(lines[1].strip()):
        return [Passage("title", (lines[0].strip(),)), *_of_block(lines[2:])]
    if lines[0].startswith("- "):
        return [_list_of(lines)]
    told: list[Passage] = []
    text: list[str] = []
    for line in (it.strip() for it in lines):
        if not _LINK.fullmatch(line):
            text.append(line)
            continue
        if text:
            told.append(Passage("text", tuple(text)))
        told.append(Passage("link", (line,)))
        text = []
    return [*told, Passage("text", tuple(text))] if text else told


def _list_of(lines: list[str]) -> Passage:
    points: list[str] = []
    links: list[str] = []
    for line in lines:
        if line.startswith("- "):
            points.append(line[2:].strip())
            links.append("")
        elif _LINK.fullmatch(line.strip()):
            links[-1] = line.strip()
        else:
            points[-1] = f"{points[-1]}\n{line.strip()}"
    return Passage("list", tuple(points), tuple(links))
