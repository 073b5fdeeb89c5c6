"""What several answers are made of: keys, lists in pages, look-fors, levels."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from ninja import Field, Path, Query, Schema

Row = TypeVar("Row")
MOST_ROWS = 100

# Keys are random: they can be neither guessed nor put in order.
Key = Annotated[str, Field(pattern="^[0-9a-f]{32}$", examples=["0" * 32])]
InPath = Path[Key]
# The number that a program gives to what it makes: sent twice, it is one.
Once = Key


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(25, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=1_000_000)


Part = Query[Paging]


class Listed(Schema, Generic[Row]):
    """A part of a list: how many there are in all, and where the next part is."""

    rows: list[Row]
    total: int
    next: str | None


def listed(request, rows: Sequence, part: Paging, show: Callable) -> dict:
    """The part of a list that is asked for, as its answer shows it."""
    after = part.offset + part.limit
    more = urlencode({"limit": part.limit, "offset": after})
    shown = [show(it) for it in rows[part.offset : after]]
    return {
        "rows": shown,
        "total": len(rows),
        "next": f"{request.path}?{more}" if after < len(rows) else None,
    }


class Named(Schema):
    """Something that has a key and a name."""

    id: str
    name: str


def named(it) -> Named:
    return Named(id=it.id, name=it.name)


class LookFor(Schema):
    """One look-for of a rubric, in the reader's language."""

    key: str
    number: int
    practice: str
    text: str


class Level(Schema):
    """One level of a scale, from the first on."""

    key: str
    label: str


def look_for(view) -> LookFor | None:
    """A look-for as programs read it."""
    if view is None:
        return None
    return LookFor(key=view.key, number=view.number, practice=view.practice, text=view.text)


def levels(views) -> list[Level]:
    return [Level(key=it.key, label=it.label) for it in views]
