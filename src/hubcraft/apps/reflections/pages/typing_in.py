"""Typing in what stands on a team's paper: the same table for the facilitator and for the team."""

import secrets
from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LevelView, LookForView, Rubric
from hubcraft.apps.reflections import policy
from hubcraft.apps.reflections.actions.typing_in import type_in
from hubcraft.apps.reflections.forms import TypingForm, box_name
from hubcraft.apps.reflections.pages.board import may_see
from hubcraft.apps.reflections.pages.way import address_now, elsewhere, participants, parts_of
from hubcraft.apps.reflections.queries.doors import Place
from hubcraft.apps.reflections.queries.typing_in import Desk, TypedIn, typed_in
from hubcraft.apps.rooms.queries import MeView, RoomView, me_view, room_view
from hubcraft.domain.rating import DOES_NOT_APPLY, NOT_SURE
from hubcraft.domain.verdict import Refused
from hubcraft.web.page import show


@dataclass(frozen=True)
class Box:
    """One box of the paper, to type into."""

    name: str
    label: str
    value: str
    is_wrong: bool


@dataclass(frozen=True)
class Line:
    """One look-for of the paper."""

    number: int
    html: SafeString
    boxes: tuple[Box, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class TypingPage:
    """The whole table."""

    room: RoomView
    me: MeView | None
    team_name: str
    domain_title: str
    levels: tuple[LevelView, ...]
    practices: tuple[tuple[str, tuple[Line, ...]], ...]
    rung: str
    is_counted: bool
    once: str
    replaces: str
    told: tuple[str, ...]
    may_type: bool
    why_not: str
    late_words: str
    is_typed: bool
    back: str
    is_glance: bool


@participants(policy=policy.can_type_in, methods=["GET", "POST"], is_errand=True)
def our_paper(request, place: Place):
    """A member of the team types in its paper."""
    if place.seat.is_waiting or place.seat.team.is_alone or place.room.is_in_lobby:
        return elsewhere(request, address_now(place))
    if request.GET.get("part") == "live":
        return parts_of(request, place)
    sees_board = may_see(place).is_allowed and place.has_come
    desk = Desk(place.viewer, place.session, place.reflection, place.rubric, sees_board=sees_board)
    me = me_view(place.viewer, place.seat)
    return type_at(request, desk, "reflections/type_in.html", me=me, back=f"/r/{place.room.id}/")


def type_at(request, desk: Desk, template: str, *, back: str, me: MeView | None = None):
    """The table, or what became of what was typed into it."""
    now = typed_in(desk)
    form = TypingForm(
        request.POST if request.method == "POST" else None,
        initial={
            box_name(it, answer): now.boxes.get((it.key, answer), "")
            for it in desk.rubric.look_fors
            for answer in desk.rubric.scale.answers
        },
        rubric=desk.rubric,
        is_named=policy.rung_of(desk.session).is_named,
        is_alias=desk.session.uses_alias,
        # An empty page takes away what was typed in before: only if that stood on it.
        may_be_empty=now.is_shown,
    )
    if request.method != "POST":
        page = typing_page(desk, form, now, me=me, back=back, is_typed="typed" in request.GET)
        return show(request, template, page=page, form=form)
    status = 422
    if form.is_valid():
        try:
            type_in(
                by=desk.viewer,
                team_id=desk.reflection.team_id,
                typed=form.cleaned_data["typed"],
                replaces=form.cleaned_data["replaces"],
                once=form.cleaned_data["once"],
                at=request.moment,
            )
            return HttpResponseRedirect(f"{request.path}?typed")
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
            now, status = typed_in(desk), 409
    page = typing_page(desk, form, now, me=me, back=back, is_told=status == 409)
    return show(request, template, page=page, form=form, status=status)


def typing_page(
    desk: Desk,
    form: TypingForm,
    now: TypedIn,
    *,
    me: MeView | None,
    back: str,
    is_told: bool = False,
    is_typed: bool = False,
) -> TypingPage:
    """The table as it is drawn; `is_told`: they have just been told what others typed meanwhile."""
    is_fresh = not form.is_bound or is_told
    return TypingPage(
        room=room_view(desk.session.room),
        me=me,
        team_name=desk.reflection.team.name,
        domain_title=desk.rubric.title,
        levels=desk.rubric.levels,
        practices=tuple(
            (title, tuple(line_of(look_for, desk.rubric, form) for look_for in own))
            for title, own in desk.rubric.practices
            if own
        ),
        rung=desk.session.rung,
        is_counted=not policy.rung_of(desk.session).is_named,
        once=form["once"].value() or secrets.token_hex(16),
        replaces=now.replaces if is_fresh else form["replaces"].value() or "",
        told=now.told,
        may_type=now.may_type or form.is_bound,
        why_not=now.why_not,
        late_words=now.late_words,
        is_typed=is_typed,
        back=back,
        is_glance=desk.rubric.is_glance,
    )


def line_of(look_for: LookForView, rubric: Rubric, form: TypingForm) -> Line:
    """One look-for with its boxes: four levels, and the two ways out."""
    asides = ((NOT_SURE, _("not sure")), (DOES_NOT_APPLY, _("doesn’t apply to us")))
    fields = [
        (form[box_name(look_for, answer)], label)
        for answer, label in (*((it.key, it.short) for it in rubric.levels), *asides)
    ]
    return Line(
        number=look_for.number,
        html=look_for.html,
        boxes=tuple(
            Box(field.html_name, label, field.value() or "", bool(field.errors)) for field, label in fields
        ),
        errors=tuple(sentence for field, _label in fields for sentence in field.errors),
    )
