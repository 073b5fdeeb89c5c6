"""A hub's boards as its people see them: by name where the rung and the board say names, else through the floors."""

import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from hubcraft.api.counts import Hidden, InWords, hidden, in_words
from hubcraft.api.operations import reads
from hubcraft.api.shapes import InPath, Level, LookFor, levels
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.queries import hubs
from hubcraft.apps.reflections.queries.board import Row


class Standing(Schema):
    """One person's place on a level; "before" is where somebody stood before the talk, "late" who came later."""

    label: str
    when: Literal["now", "late", "before"]
    is_from_paper: bool


class ByName(Schema):
    """Who stands where, by level."""

    kind: Literal["named"]
    people: dict[str, list[Standing]]


class Dots(Schema):
    """How many stand where, by level, without names."""

    kind: Literal["published"]
    counts: dict[str, int]


class BoardRow(Schema):
    """One look-for of a board, and the sentences that stand beside it."""

    look_for: LookFor
    told: ByName | Dots | InWords | Hidden
    headline: str
    question: str
    moved: str
    aside: str
    change: Literal["", "up", "down", "same"]
    change_words: str
    is_talk_first: bool


class Board(Schema):
    """One reflection of a hub, beside the one before it."""

    id: str
    title: str
    room: str
    on: datetime.date
    before: str | None
    shows: Literal["initials", "dots"]
    levels: list[Level]
    rows: list[BoardRow]
    who_can_see: list[str]


@reads(
    "/hubs/{hub_id}/boards/{reflection_id}",
    policy=policy.can_see_hub,
    summary=_("A board of a hub, as its people see it"),
    words=_(
        "Named where the board shows initials, else counts through the floors; with what moved since the time before."
    ),
    answer=Board,
)
def board(request, hub_id: InPath, reflection_id: InPath):
    viewer = request.auth.viewer
    here = hubs.find_hub(viewer, hub_id)
    seen = hubs.Boards(viewer, here)
    page = hubs.wave_page(viewer, here, seen.get(reflection_id), seen)
    return Board(
        id=page.wave.id,
        title=page.wave.title,
        room=page.wave.room_title,
        on=page.wave.on,
        before=page.before.id if page.before else None,
        shows=page.shows,
        levels=levels(page.levels),
        rows=[board_row(it, page.shows) for _title, rows in page.practices for it in rows],
        who_can_see=list(map(str, page.who_can_see)),
    )


def board_row(changed: hubs.ChangedRow, shows: str) -> BoardRow:
    row = changed.row
    return BoardRow(
        look_for=LookFor(key=row.key, number=row.number, practice=row.practice, text=row.text),
        told=told(row, shows),
        headline=row.headline,
        question=row.question,
        moved=row.moved,
        aside=row.aside,
        change=changed.direction,
        change_words=changed.words,
        is_talk_first=row.is_talk_first,
    )


def told(row: Row, shows: str) -> ByName | Dots | InWords | Hidden:
    """What the row shows on the page, and no more: its boxes are drawn after every floor."""
    if row.withheld:
        return hidden("too-few-people")
    if any(box.words is not None for box in row.boxes):
        return in_words(next((box.level.key for box in row.boxes if box.words), ""))
    if shows == "dots":
        return Dots(kind="published", counts={box.level.key: len(box.chips) for box in row.boxes})
    return ByName(
        kind="named",
        people={
            box.level.key: [
                Standing(label=it.label, when=it.kind, is_from_paper=it.is_from_paper) for it in box.chips
            ]
            for box in row.boxes
        },
    )
