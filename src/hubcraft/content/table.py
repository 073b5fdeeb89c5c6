"""A table of a pack's file, asked for one key after the other; what is wrong is noted and reading goes on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeGuard

from hubcraft.content import limits
from hubcraft.content.mistakes import Mistake, Mistakes
from hubcraft.content.text import Text, has_markup, has_stray_emphasis, has_unseen
from hubcraft.content.toml_lines import Path, line_at

LOOK_FOR_PARTS: Final = 4

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER: Final = "(0|[1-9][0-9]{0,4})"
_VERSION: Final = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_WHOLE: Final = {
    LOOK_FOR_PARTS - 1: ("practice", '"pack/domain/practice"'),
    LOOK_FOR_PARTS: ("look-for", '"pack/domain/practice/look-for"'),
}


def is_version(value: object) -> TypeGuard[str]:
    """Whether this is a version, three numbers."""
    return isinstance(value, str) and _VERSION.fullmatch(value) is not None


def numbers_of(version: str) -> tuple[int, ...]:
    """A version so that it compares: 1.10.0 is after 1.9.0."""
    return tuple(int(number) for number in version.split("."))


def _is_whole_key(value: str) -> bool:
    parts = value.split("/")
    return len(parts) in (LOOK_FOR_PARTS - 1, LOOK_FOR_PARTS) and all(map(_KEY.fullmatch, parts))


@dataclass
class Table:
    """One TOML table with its place; `languages` are those every text must have, the first the default."""

    file: str
    content: dict[str, Any]
    lines: dict[Path, int]
    mistakes: Mistakes
    languages: Sequence[str] = ("en",)
    path: Path = ()
    asked: set[str] = field(default_factory=set)
    # In a hub's own framework a text may be in one language only.
    may_lack: bool = False

    def wrong(self, what: str, remedy: str, *keys: str | int) -> None:
        """Note a mistake at this table, or at one of its keys, or at a key within that."""
        path = (*self.path, *keys)
        self.mistakes.append(Mistake(self.file, line_at(self.lines, path), what, remedy))

    def string(self, key: str) -> str:
        """A text that is the same in every language, such as a licence; "" if it is missing or wrong."""
        value = self._value(key, str, "a text in quotes")
        if isinstance(value, str):
            self._check_words(key, value, may_emphasise=False)
        return value or ""

    def string_or_none(self, key: str) -> str | None:
        """Such a text, if it is given at all."""
        self.asked.add(key)
        return self.string(key) if key in self.content else None

    def key(self, key: str = "key") -> str:
        """A key: small letters, digits and single hyphens; "" if it is missing or wrong."""
        value: str = self._value(key, str, "a key in quotes") or ""
        if value:
            self.is_key(value, key)
        return value

    def is_key(self, value: str, at: str) -> bool:
        """Whether this is a key; if not, it is noted at `at`."""
        if len(value) > limits.KEY:
            self.wrong(f"{value} is too long.", f"A key has at most {limits.KEY} signs.", at)
            return False
        if _KEY.fullmatch(value):
            return True
        self.wrong(
            f'"{value}" is no key.',
            "Use small letters a to z, digits and single hyphens, and never change it afterwards.",
            at,
        )
        return False

    def version(self, key: str = "version") -> str:
        """A version; "" if it is missing or is none."""
        value = self.string(key)
        if value and not is_version(value):
            self.wrong(f'"{value}" is no version.', 'Write three numbers: "1.0.0".', key)
            return ""
        return value

    def one_whole_key(self, key: str) -> tuple[str, ...]:
        """The whole key of one practice or look-for; () if it is missing or wrong."""
        value = self.string(key)
        if value and not _is_whole_key(value):
            self.wrong(
                f'"{value}" is no whole key of a practice or look-for.',
                f"Write {_WHOLE[LOOK_FOR_PARTS][1]}.",
                key,
            )
            return ()
        return (value,) if value else ()

    def whole_key_or_none(self, key: str, parts: int = LOOK_FOR_PARTS) -> str | None:
        """The whole key of a look-for (of a practice, with one part less), if it is given at all."""
        value = self.string_or_none(key)
        if value and (value.count("/") != parts - 1 or not _is_whole_key(value)):
            what, example = _WHOLE[parts]
            self.wrong(f'"{value}" is no whole key of a {what}.', f"Write {key} = {example}.", key)
        return value

    def whole_keys(self, key: str) -> tuple[str, ...]:
        """Whole keys of practices or look-fors, each once; () if it is not given."""
        self.asked.add(key)
        keys = list[str]()
        for value in self.strings(key) if key in self.content else ():
            if not _is_whole_key(value):
                self.wrong(
                    f'"{value}" is no whole key of a practice or look-for.',
                    f"Write {_WHOLE[LOOK_FOR_PARTS][1]}.",
                    key,
                )
            elif value in keys:
                self.wrong(f'"{value}" stands here twice.', "Name each once.", key)
            else:
                keys.append(value)
        return tuple(keys)

    def choice(self, key: str, choices: Sequence[str], otherwise: str | None = None) -> str:
        """One of these words; `otherwise` if it is missing and may be."""
        if otherwise is not None and key not in self.content:
            self.asked.add(key)
            return otherwise
        value = self._value(key, str, f"one of {', '.join(choices)}, in quotes")
        if value is not None and value not in choices:
            self.wrong(f'{key} can\'t be "{value}".', f"Write one of: {', '.join(choices)}.", key)
        return value if value in choices else choices[0]

    def choice_or_none(self, key: str, choices: Sequence[str]) -> str | None:
        """One of these words, if it is given at all."""
        self.asked.add(key)
        return self.choice(key, choices) if key in self.content else None

    def boolean(self, key: str, otherwise: bool | None = None) -> bool:
        """True or false; `otherwise` if it is missing and may be."""
        if otherwise is not None and key not in self.content:
            self.asked.add(key)
            return otherwise
        return bool(self._value(key, bool, "true or false"))

    def count(self, key: str) -> int:
        """A whole number from 1; 1 if it is missing or wrong."""
        if key not in self.content:
            self._value(key, int, "a whole number")
        return max(self.number(key) or 1, 1)

    def number(self, key: str) -> int | None:
        """A whole number from 1, or None if it is not given."""
        if key not in self.content:
            self.asked.add(key)
            return None
        value: int | None = self._value(key, int, "a whole number")
        if value is not None and value < 1:
            self.wrong(f"{key} is less than 1.", "Count from 1.", key)
        if value is not None and value > limits.NUMBER:
            self.wrong(f"{key} is too large.", f"Write at most {limits.NUMBER}.", key)
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of one or more texts; () if it is missing or wrong."""
        value = self._value(key, list, "a list of texts")
        if value is None:
            return ()
        if not value or not all(isinstance(one, str) and one.strip() for one in value):
            self.wrong(f"{key} is not a list of texts.", f'Write {key} = ["…", "…"].', key)
            return ()
        for one in value:
            self._check_words(key, one, may_emphasise=False)
        return tuple(value)

    def names(self, key: str) -> tuple[str, ...]:
        """The keys of a list, each once; () if it is not given."""
        self.asked.add(key)
        names = list[str]()
        for name in self.strings(key) if key in self.content else ():
            if not self.is_key(name, key):
                continue
            if name in names:
                self.wrong(f'"{name}" stands here twice.', "Name each once.", key)
            else:
                names.append(name)
        return tuple(names)

    def text(self, key: str, *, may_emphasise: bool = False) -> Text:
        """A text in every language of the pack."""
        return self._text(key, self._value(key, dict, f'{key}.{self.languages[0]} = "…"'), may_emphasise)

    def text_or_none(self, key: str) -> Text | None:
        """A text in every language, if it is given at all."""
        self.asked.add(key)
        return self.text(key) if key in self.content else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts in every language; () if it is not given."""
        self.asked.add(key)
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self.wrong(f"{key} is not a list.", f'Write {key} = [{{ {self.languages[0]} = "…" }}].', key)
            return ()
        return tuple(self._text(key, one, may_emphasise=False) for one in value)

    def table(self, key: str) -> "Table":
        """The table of this key; an empty one if it is missing or wrong."""
        self.asked.add(key)
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            self.wrong(f"{key} is not a table.", f'Write {key}.… = "…".', key)
            value = {}
        return self._within(value, key)

    def tables(self, key: str) -> tuple["Table", ...]:
        """The entries of an array of tables, `[[key]]`; () if there is none."""
        self.asked.add(key)
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(f"{key} is not a list of tables.", f"Begin each entry with [[{key}]].", key)
            return ()
        return tuple(self._within(one, key, place) for place, one in enumerate(value))

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.content:
            if key not in self.asked:
                self.wrong(
                    f'There is no "{key}" here.',
                    f"Remove it, or write one of: {', '.join(sorted(self.asked))}.",
                    key,
                )

    def distinct(self, tables: Sequence["Table"], keys: Sequence[str], what: str) -> None:
        """Note every key that was used before; `tables` are those that hold the keys."""
        seen = set[str]()
        for table, key in zip(tables, keys, strict=True):
            name = key.rpartition("/")[2]
            if name and key in seen:
                table.wrong(f'The key "{name}" is used twice.', f"Give each {what} a key of its own.", "key")
            seen.add(key)

    def _value(self, key: str, kind: type, example: str) -> Any:
        self.asked.add(key)
        if key not in self.content:
            self.wrong(f"{key} is missing.", f"Add {key}: {example}.")
            return None
        value = self.content[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(f"{key} is not {example}.", f"Write {key} as {example}.", key)
            return None
        return value

    def _text(self, key: str, words: Any, may_emphasise: bool) -> Text:
        default = self.languages[0]
        if words is None:
            return Text({default: ""}, default)
        if not isinstance(words, dict):
            self.wrong(f"{key} has no language.", f'Write {key}.{default} = "…".', key)
            return Text({default: ""}, default)
        for language in self.languages:
            if language not in words and not (self.may_lack and words):
                self.wrong(
                    f'{key} is missing in "{language}".',
                    f'Add {key}.{language} = "…", or take "{language}" out of the pack\'s languages.',
                    key,
                )
        kept: dict[str, str] = {} if self.may_lack and words else {default: ""}
        for language, written in words.items():
            if language not in self.languages:
                self.wrong(
                    f'{key} is given in "{language}", which is not a language of this pack.',
                    f'Remove it, or add "{language}" to the languages in pack.toml.',
                    key,
                    language,
                )
            elif not isinstance(written, str):
                self.wrong(f"{key}.{language} is not a text.", 'Put it in quotes: "…".', key, language)
            else:
                self._check_words(key, written, may_emphasise, language)
                kept[language] = written
        return Text(kept or {default: ""}, default)

    def _within(self, content: dict[str, Any], *at: str | int) -> "Table":
        return replace(self, content=content, path=(*self.path, *at), asked=set())

    def _check_words(self, key: str, words: str, may_emphasise: bool, *language: str) -> None:
        complaints: list[tuple[Callable[[str], bool], str, str]] = [
            (lambda words: not words.strip(), f"{key} is empty.", "Write the words, or remove the key."),
            (
                lambda words: words != " ".join(words.split()),
                f"{key} has line breaks or spaces that would not be seen.",
                "Write it on one line, with single spaces and none at the ends.",
            ),
            (has_unseen, f"{key} has a sign that would not be seen.", "Write it again, letter by letter."),
            (
                lambda words: len(words) > limits.TEXT,
                f"{key} is too long.",
                f"A text has at most {limits.TEXT} signs.",
            ),
            (has_markup, f"{key} contains HTML.", "Write plain words; only a look-for may have *emphasis*."),
            (
                has_stray_emphasis if may_emphasise else lambda words: "*" in words,
                f"{key} has a star that is no emphasis.",
                "Emphasis is *one or more words* between two stars, and only in a look-for.",
            ),
        ]
        for is_so, what, remedy in complaints:
            if is_so(words):
                self.wrong(what, remedy, key, *language)
                return
