"""The blocks of code in docs/build: each begins with the file it goes to, or with `in` and the file it goes into."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import CHECKOUT

FOLDER = CHECKOUT / "docs" / "build"
BLOCK = re.compile(
    r"^```(\w+)\n(?:#|/\*|\{#) (in )?(\S+\.\w+)(?: \*/| #\})?\n(.*?)^```", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """What a guide has one write into a file, one that is new or one that exists."""

    language: str
    file: str
    is_added: bool
    words: str


def blocks_of(guide: str) -> list[Block]:
    """All blocks of one guide that say where they go."""
    found = BLOCK.findall((FOLDER / guide).read_text(encoding="utf-8"))
    return [Block(language, file, bool(added), words) for language, added, file, words in found]


def write_pack(folder: Path) -> Path:
    """The pack of add-a-pack.md as somebody writes it who follows it; its folder."""
    for block in blocks_of("add-a-pack.md"):
        path = folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.words, encoding="utf-8")
    return folder / "good-meetings"
