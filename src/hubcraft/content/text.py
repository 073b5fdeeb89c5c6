"""Words of a pack in each of its languages, and the one emphasis they may carry."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

PUBLISHED: Final = "published"
DRAFT: Final = "draft"
# A hub's own words, in a framework it made for itself.
OWN: Final = "own"

_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*]+)(?<=\S)\*")
_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)
_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&#?\w+;")


@dataclass(frozen=True)
class Text(Mapping[str, str]):
    """One text by language tag ("en", "es-MX"); `default` is the language to fall back to."""

    words: Mapping[str, str]
    default: str

    def __post_init__(self) -> None:
        """What a hub wrote in another language only is read in that one by everybody."""
        if self.words and self.default not in self.words:
            object.__setattr__(self, "default", min(self.words))

    def __getitem__(self, language: str) -> str:
        return self.words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __hash__(self) -> int:
        return hash((frozenset(self.words.items()), self.default))

    def in_(self, language: str) -> str:
        """The text in this language, else in its base language ("es" for "es-MX"), else in the default one."""
        for tag in (language, language.partition("-")[0]):
            if tag in self.words:
                return self.words[tag]
        return self.words[self.default]

    def each(self, change: Callable[[str], str]) -> "Text":
        """The same text with `change` made in every language."""
        return Text({language: change(words) for language, words in self.words.items()}, self.default)


def words_of(text: Text | None) -> dict[str, str] | None:
    """The words by language as a plain dict, or None where there is no text."""
    return None if text is None else dict(text.words)


def text_of(words: Mapping[str, str] | None, default: str) -> Text | None:
    """The text that was stored as `words_of`."""
    return None if words is None else Text(dict(words), default)


def has_markup(words: str) -> bool:
    """Whether the words hold an HTML tag, comment or entity, which packs may not."""
    return _MARKUP.search(words) is not None


def has_unseen(words: str) -> bool:
    """Whether the words hold a control character, or one that turns the direction of others or takes no room."""
    return _UNSEEN.search(words) is not None


def has_stray_emphasis(words: str) -> bool:
    """Whether a star is left over once every `*emphasis*` is taken out."""
    return "*" in _EMPHASIS.sub("", words)


def without_emphasis(words: str) -> str:
    """`Ensure sufficient *capacity*` as plain words."""
    return _EMPHASIS.sub(r"\1", words)


def with_emphasis(words: str) -> str:
    """`Ensure sufficient *capacity*` as HTML, escaped, with `<u>` for the emphasis, as on the poster."""
    return _EMPHASIS.sub(r"<u>\1</u>", html.escape(words, quote=False))
