"""The words that pages say, and the catalogs that say them in other languages: `bin/words` brings these up to date."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.house.tree import SOURCE

LOCALE = SOURCE / "locale"
# How words are marked in Python, and which of a call's arguments they are.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
WIDTH = 110

Key = tuple[str | None, str | tuple[str, ...]]


@dataclass(frozen=True)
class Said:
    """Words somewhere in the code: with their context, one text or singular and plural, and the files they are in."""

    context: str | None
    words: str | tuple[str, ...]
    files: tuple[str, ...]


def list_said() -> list[Said]:
    """Everything that the product says in its own words, in the order of its files."""
    files: dict[Key, list[str]] = {}
    for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt"))):
        place = path.relative_to(SOURCE).as_posix()
        for key in words_of(path):
            found = files.setdefault(key, [])
            if place not in found:
                found.append(place)
    return [Said(context, words, tuple(found)) for (context, words), found in files.items()]


def words_of(path: Path) -> Iterator[Key]:
    """The words of one file: a template's are first written as the calls that they stand for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=path).splitlines())
    for _line, words, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield context, words


def catalog_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalog(language: str) -> Catalog:
    with catalog_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Write the catalog anew: what is said now, with the translations there are; what nobody says any more goes."""
    known = read_catalog(language)
    fresh = Catalog(locale=language)
    for said in list_said():
        before = known.get(said.words if isinstance(said.words, str) else said.words[0], said.context)
        is_same_kind = before is not None and isinstance(before.id, str) == isinstance(said.words, str)
        fresh.add(
            said.words,
            before.string if is_same_kind else None,
            locations=[(file, 0) for file in said.files],
            flags=before.flags - {"python-format", "python-brace-format"} if is_same_kind else (),
            user_comments=before.user_comments if is_same_kind else (),
            context=said.context,
        )
    written = catalog_file(language).read_text(encoding="utf-8")
    entries = BytesIO()
    write_po(entries, fresh, width=WIDTH, include_lineno=False, omit_header=True)
    header = written.partition("\n\n")[0]
    catalog_file(language).write_text(
        f"{header}\n\n{entries.getvalue().decode().strip()}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    for tag, _name in settings.LANGUAGES[1:]:
        update(tag)
