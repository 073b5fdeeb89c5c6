"""Reads content packs: folders of TOML and Markdown with the words, rubrics and scales that are not program."""

from hubcraft.content.comparison import Comparison, compare
from hubcraft.content.crosswalk import Crosswalk, followed, passages_between
from hubcraft.content.framework import (
    Domain,
    Evidence,
    Framework,
    LevelText,
    LookFor,
    Practice,
    Scale,
    Source,
)
from hubcraft.content.mistakes import Mistake, PackError
from hubcraft.content.pack import Pack
from hubcraft.content.reader import SHIPPED, read_brought_pack, read_pack, shipped_pack, shipped_packs
from hubcraft.content.rubric import RubricText, domain_at, rubric_at, rubric_keys
from hubcraft.content.script import KINDS, Movement, Part, Prompt, ReadPage, Script, Step
from hubcraft.content.table import numbers_of
from hubcraft.content.text import Text

__all__ = [
    "KINDS",
    "SHIPPED",
    "Comparison",
    "Crosswalk",
    "Domain",
    "Evidence",
    "Framework",
    "LevelText",
    "LookFor",
    "Mistake",
    "Movement",
    "Pack",
    "PackError",
    "Part",
    "Practice",
    "Prompt",
    "ReadPage",
    "RubricText",
    "Scale",
    "Script",
    "Source",
    "Step",
    "Text",
    "compare",
    "domain_at",
    "followed",
    "numbers_of",
    "passages_between",
    "read_brought_pack",
    "read_pack",
    "rubric_at",
    "rubric_keys",
    "shipped_pack",
    "shipped_packs",
]
