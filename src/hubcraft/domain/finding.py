"""Finding words in texts: every word that was typed begins some word of the text; case and accents don't count."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
# More than anybody types to find something; the rest of what was pasted is not looked for.
MOST_WORDS = 8


def folded(text: str) -> str:
    """A text without case and accents, each letter still one letter where it can be."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(folded(text)))


def asked_words(asked: str) -> tuple[str, ...]:
    """The words somebody looks for, each once, at most eight."""
    return tuple(dict.fromkeys(words_in(asked)))[:MOST_WORDS]


def how_well(asked: Iterable[str], text: str) -> int | None:
    """How many of the asked words stand in the text as whole words; None unless each at least begins one of its words.

    `asked` is folded, as `asked_words` gives it. Nothing asked is found nowhere.
    """
    asked = tuple(asked)
    there = words_in(text)
    if not asked or not all(any(word.startswith(one) for word in there) for one in asked):
        return None
    return sum(one in there for one in asked)


def parted(asked: Iterable[str], text: str) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it is a word that was found; joined they are the text again."""
    asked = tuple(asked)
    parts, done = list[tuple[str, bool]](), 0
    for word in re.finditer(r"\w+", text):
        if any(there.startswith(one) for there in words_in(word[0]) for one in asked):
            parts += [(text[done : word.start()], False), (word[0], True)]
            done = word.end()
    parts.append((text[done:], False))
    return tuple(part for part in parts if part[0])
