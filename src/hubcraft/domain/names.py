"""The short things people type at the door: initials, an alias, a team's name, a room's code."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Final

INITIALS_MOST: Final = 4
ALIAS_MOST: Final = 20
TEAM_NAME_MOST: Final = 60
PERSON_NAME_MOST: Final = 40
CODE_LENGTH: Final = 7
# The 36 letters and digits without 0 and O, without 1, I and L, and without U, which is read as V.
CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

_MARKS_ON_A_LETTER: Final = 2
_NEAR_ENOUGH: Final = 0.8
_SAY_NOTHING: Final = frozenset({"a", "and", "hub", "hubs", "network", "of", "our", "team", "teams", "the"})
_SEPARATORS: Final = frozenset(" .,-_'/&+\u00b7\u2010\u2011\u2013\u2014\u2019")
_UNSEEN: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# What stands between two in a list of names, in English and Spanish.
_JOINT: Final = (
    r"(?:\s*[,;/&+\u00b7]\s*(?:(?:and|or|y|e|o|u)\s+)?"
    r"|(?:^|(?<=[(\[])|\s+)(?:and|or|with|y|e|o|u|con)\s+|\s+[-\u2013\u2014]\s+)"
)
_BULLET: Final = r"^\s*(?:[-\u2013\u2014*\u2022]\s*|\d+[.)]\s+)?"
_FIRST: Final = rf"(?:{_BULLET}|[(\[:]\s*|\s[-\u2013\u2014]\s+)"
_LAST: Final = rf"\s*(?:$|[)\].;:!?]|{_JOINT})"
_GONE: Final = "\0"
_CYRILLIC: Final = "\u0410\u0412\u0415\u041a\u041c\u041d\u0420\u0421\u0422\u0423\u0425"
_GREEK: Final = "\u0391\u0392\u0395\u0396\u0397\u039a\u039c\u039d\u03a1\u03a4\u03a5\u03a7"
_LOOK_ALIKES: Final = str.maketrans("0OU" + _CYRILLIC + _GREEK, "QQV" + "ABEKMHPCTYX" + "ABEZHKMNPTYX")


class Mistake(StrEnum):
    """What is wrong with something typed; the words are the page's."""

    INITIALS_MISSING = "initials-missing"
    INITIALS_TOO_LONG = "initials-too-long"
    INITIALS_NOT_LETTERS = "initials-not-letters"
    ALIAS_MISSING = "alias-missing"
    ALIAS_TOO_LONG = "alias-too-long"
    ALIAS_UNREADABLE = "alias-unreadable"
    PERSON_NAME_MISSING = "person-name-missing"
    PERSON_NAME_TOO_LONG = "person-name-too-long"
    PERSON_NAME_UNREADABLE = "person-name-unreadable"
    TEAM_NAME_MISSING = "team-name-missing"
    TEAM_NAME_TOO_LONG = "team-name-too-long"
    TEAM_NAME_UNREADABLE = "team-name-unreadable"
    CODE_MISSING = "code-missing"
    CODE_WRONG_LENGTH = "code-wrong-length"
    CODE_WRONG_LETTER = "code-wrong-letter"


class Mistyped(ValueError):
    """Something typed can't be used; `mistake` says why."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.value)
        self.mistake = mistake


def read_initials(text: str) -> str:
    """Initials as they stand in a box: 1 to 4 letters or digits of any script, upper case where there is one.

    Dots, spaces, hyphens and invisible characters are dropped ("k. m." is "KM"). Upper case is Unicode's
    own, so it is the same everywhere: a Turkish "i" becomes "I". Accents stay and don't count, two at most
    on a letter. Raises Mistyped: INITIALS_MISSING, INITIALS_TOO_LONG, INITIALS_NOT_LETTERS.
    """
    kept = "".join(
        sign for sign in _plain(text) if sign not in _SEPARATORS and _category(sign) not in ("Cf", "Zs")
    )
    initials = _plain(_plain(kept).upper())
    if not initials:
        raise Mistyped(Mistake.INITIALS_MISSING)
    letters = sum(_is_letter_or_digit(sign) for sign in initials)
    if not _is_word(initials):
        raise Mistyped(Mistake.INITIALS_NOT_LETTERS)
    if letters > INITIALS_MOST:
        raise Mistyped(Mistake.INITIALS_TOO_LONG)
    return initials


def read_alias(text: str) -> str:
    """An alias: 1 to 20 characters, as typed, runs of spaces made one.

    Raises Mistyped: ALIAS_MISSING, ALIAS_TOO_LONG, ALIAS_UNREADABLE (nothing in it can be seen).
    """
    return _read_line(
        text, ALIAS_MOST, Mistake.ALIAS_MISSING, Mistake.ALIAS_TOO_LONG, Mistake.ALIAS_UNREADABLE
    )


def read_team_name(text: str) -> str:
    """The name of a team: 1 to 60 characters, as typed, runs of spaces made one.

    Raises Mistyped: TEAM_NAME_MISSING, TEAM_NAME_TOO_LONG, TEAM_NAME_UNREADABLE (nothing in it can be seen).
    """
    return _read_line(
        text,
        TEAM_NAME_MOST,
        Mistake.TEAM_NAME_MISSING,
        Mistake.TEAM_NAME_TOO_LONG,
        Mistake.TEAM_NAME_UNREADABLE,
    )


def read_person_name(text: str) -> str:
    """What a facilitator is called: 1 to 40 characters, as typed, runs of spaces made one.

    Raises Mistyped: PERSON_NAME_MISSING, PERSON_NAME_TOO_LONG, PERSON_NAME_UNREADABLE (nothing in it can be seen).
    """
    return _read_line(
        text,
        PERSON_NAME_MOST,
        Mistake.PERSON_NAME_MISSING,
        Mistake.PERSON_NAME_TOO_LONG,
        Mistake.PERSON_NAME_UNREADABLE,
    )


def next_label(label: str, taken: Collection[str]) -> str:
    """The label for a new seat: itself if free, else with the lowest free number: "KM", "KM 2", "KM 3".

    Labels that differ only in case are the same label. The answer may be longer than what was typed.
    """
    in_use = {_folded(other) for other in taken}
    number, free = 1, label
    while _folded(free) in in_use:
        number += 1
        free = f"{label} {number}"
    return free


def name_key(name: str) -> str:
    """What makes two team names the same: case, accents, punctuation and words like "hub" or "team" left out.

    A name made only of such words keeps them. Two names with equal keys are one team, typed twice.
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", _folded(name)) if _category(sign) != "Mn")
    words = re.findall(r"\w+", unicodedata.normalize("NFC", bare).replace("_", " "))
    return " ".join([word for word in words if word not in _SAY_NOTHING] or words)


def near_matches(name: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Which of these teams may be meant by what was typed, best first; those with an equal key come first.

    Near is: the same letters but for a few, the same words in another order, or all words of the one within
    the other. Names whose numbers differ are never near ("School 12" is not "School 13").
    """
    wanted = name_key(name)
    if not wanted:
        return ()
    near = [(likeness, other) for other in names if (likeness := _likeness(wanted, name_key(other)))]
    near.sort(key=lambda pair: -pair[0])
    return tuple(other for _, other in near[:most])


def without_names(
    words: str, called: Collection[str], others: Collection[str] = (), *, only_in_lists: bool = False
) -> str:
    """A line or lines of names without one that somebody is called by: "Ben, Rosa and Ana" is "Rosa and Ana".

    Whole words, whatever their case: "Ben" isn't in "Benton". Longer names of `others` that hold it stay. With
    `only_in_lists` it goes where it stands beside other names or alone, and stays inside a sentence.
    """
    ours = [_nfc(it) for it in called if it.strip()]
    folded = {it.casefold() for it in ours}
    if _nfc(words).strip().casefold() in folded:
        return ""
    longer = [it for it in map(_nfc, others) if it.casefold() not in folded and _holds(it, folded)]
    if not ours:
        return words
    names = re.compile(
        rf"(?<!\w)(?<!\w['\u2019-])(?<!@)(?:(?P<other>{_any_of(longer)})|{_any_of(ours)})"
        r"(?:['\u2019]s)?(?!\w)(?!['\u2019-]\w)(?!@)(?!\.\w)",
        re.IGNORECASE,
    )

    def gone(found: re.Match[str]) -> str:
        before, after = found.string[: found.start()], found.string[found.end() :]
        stays = only_in_lists and not (
            re.search(rf"(?:{_FIRST}|{_JOINT})$", before, re.IGNORECASE)
            and re.match(rf"{_LAST}|\s*[(\[]", after, re.IGNORECASE)
        )
        return found[0] if found["other"] or stays else _GONE

    lines = []
    for line in words.split("\n"):
        bare = line.lstrip()
        # Runs of spaces are one, so that no line of them is slow to look through.
        marked = names.sub(gone, re.sub(r"\s{2,}", " ", _nfc(bare)))
        if _GONE not in marked:
            lines.append(line)
        elif tidy := _tidy(marked):
            lines.append(line[: len(line) - len(bare)] + tidy)
    return "\n".join(lines)


def new_code(randbelow: Callable[[int], int]) -> str:
    """Seven symbols for a room, from `randbelow(n)`, which gives a number in 0..n-1 nobody can guess."""
    return "".join(CODE_LETTERS[randbelow(len(CODE_LETTERS))] for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """The code somebody meant: spaces, dashes and lower case forgiven, and letters that look the same.

    0 and O are read as Q, U as V, Cyrillic and Greek capitals as their Latin twins; 1, I and L look like
    none of ours. Raises Mistyped: CODE_MISSING, CODE_WRONG_LETTER, CODE_WRONG_LENGTH.
    """
    code = "".join(sign for sign in _plain(text).upper() if sign not in _SEPARATORS and not _is_blank(sign))
    code = code.translate(_LOOK_ALIKES)
    if not code:
        raise Mistyped(Mistake.CODE_MISSING)
    if any(sign not in CODE_LETTERS for sign in code):
        raise Mistyped(Mistake.CODE_WRONG_LETTER)
    if len(code) != CODE_LENGTH:
        raise Mistyped(Mistake.CODE_WRONG_LENGTH)
    return code


def show_code(code: str) -> str:
    """A code as it is read aloud and printed, three and four: "K7M 4XQW"."""
    return f"{code[:3]} {code[3:]}"


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _holds(name: str, parts: Iterable[str]) -> bool:
    return any(it in name.casefold() for it in parts)


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of them, the longest first; for none it is one that nothing fits."""
    patterns = [r"\s+".join(map(re.escape, it.split())) for it in sorted(names, key=len, reverse=True)]
    return "|".join(patterns) or r"(?!)"


def _tidy(line: str) -> str:
    """A line without the names that are marked as gone, and without what stood between them and others."""
    steps = (
        (rf"{_GONE}[\s,;:/&+\u00b7\u2013\u2014-]+$", _GONE),
        # What somebody does stands in brackets after their name.
        (rf"{_GONE}\s*[(\[]([^()\[\]{_GONE}]+)[)\]]", r"\1"),
        (rf"({_FIRST}){_GONE}{_JOINT}", r"\1"),
        (rf"{_JOINT}{_GONE}(?={_LAST})", ""),
        (rf"({_BULLET}){_GONE}[\s,;:/&+\u00b7\u2013\u2014-]*", r"\1"),
        (rf"[\s,;:/&+\u00b7\u2013\u2014-]*{_GONE}$", ""),
        (rf"\s*{_GONE}\s*", " "),
        (r"\s*[(\[]\s*[)\]]", ""),
        (r"\s+([,;.:!?)\]])", r"\1"),
    )
    for pattern, instead in steps:
        before = ""
        while before != line:
            before, line = line, re.sub(pattern, instead, line, flags=re.IGNORECASE)
    return "" if re.fullmatch(rf"{_BULLET}\W*", line) else line.rstrip()


def _read_line(text: str, most: int, missing: Mistake, too_long: Mistake, unreadable: Mistake) -> str:
    line = "".join(" " if sign.isspace() else sign for sign in _plain(text))
    line = " ".join("".join(sign for sign in line if not _is_blank(sign) or sign == " ").split())
    line = _plain(line)
    if not line:
        raise Mistyped(missing)
    if not any(_category(sign)[0] in "LNS" and sign not in _UNSEEN for sign in line):
        raise Mistyped(unreadable)
    if len(line) > most:
        raise Mistyped(too_long)
    return line


def _likeness(wanted: str, other: str) -> float:
    if wanted == other:
        return 2.0
    if re.findall(r"\d+", wanted) != re.findall(r"\d+", other):
        return 0.0
    words, others = wanted.split(), other.split()
    if set(words) <= set(others) or (others and set(others) <= set(words)):
        return 1.0
    plain = difflib.SequenceMatcher(None, wanted, other, autojunk=False).ratio()
    turned = difflib.SequenceMatcher(
        None, " ".join(sorted(words)), " ".join(sorted(others)), autojunk=False
    ).ratio()
    likeness = max(plain, turned)
    return likeness if likeness >= _NEAR_ENOUGH else 0.0


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _folded(text: str) -> str:
    return _plain(_plain(text).casefold())


def _category(sign: str) -> str:
    return unicodedata.category(sign)


def _is_blank(sign: str) -> bool:
    return _category(sign)[0] in "CZ"


def _is_letter_or_digit(sign: str) -> bool:
    return (_category(sign)[0] == "L" or _category(sign) == "Nd") and sign not in _UNSEEN


def _is_word(text: str) -> bool:
    """Whether these are letters and digits only, with marks nowhere but on them."""
    marks = _MARKS_ON_A_LETTER
    for sign in text:
        if _is_letter_or_digit(sign):
            marks = 0
        elif _category(sign)[0] == "M" and marks < _MARKS_ON_A_LETTER:
            marks += 1
        else:
            return False
    return True
