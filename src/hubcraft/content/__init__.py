"""Reads content packs: folders of TOML and Markdown with the words, rubrics and scales that are not program."""

from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.pack import Domain, Framework, LevelText, LookFor, Pack, Practice, Scale
from hubcraft.content.reader import SHIPPED, read_pack, shipped_packs
from hubcraft.content.text import Text

__all__ = [
    "SHIPPED",
    "Domain",
    "Framework",
    "LevelText",
    "LookFor",
    "Mistake",
    "Pack",
    "PackError",
    "Practice",
    "Scale",
    "Text",
    "read_pack",
    "shipped_packs",
]
