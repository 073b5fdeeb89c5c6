"""Finding words in texts: every word that was typed begins some word of the text; case and accents don't count."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

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
    parts, rest = list[tuple[str, bool]](), ""
    for _is_word, signs in groupby(text, is_of_a_word):
        run = "".join(signs)
        if any(there.startswith(one) for there in words_in(run) for one in asked):
            parts += [(rest, False), (run, True)]
            rest = ""
        else:
            rest += run
    parts.append((rest, False))
    return tuple(part for part in parts if part[0])


def is_of_a_word(sign: str) -> bool:
    """Whether a sign belongs to a word; an accent that is a sign of its own divides none."""
    return bool(unicodedata.combining(sign) or words_in(sign))
