"""Everything that is kept about one person, for that person: what stands in each table, with words instead of keys."""

from collections.abc import Callable
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from hubcraft.apps.audit import queries as audit
from hubcraft.apps.cards.models import Card, CardVersion, Try
from hubcraft.apps.cards.queries.reading import readable
from hubcraft.apps.cards.queries.sight import hubs_of
from hubcraft.apps.facilitation.models import Choice
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.insights.models import FormerMember, Look, Merge, Release, SeatClaim, TeamClaim
from hubcraft.apps.letters.models import CalendarLink, WeeklyLetter
from hubcraft.apps.lifecycle.models import KINDS, RosterEntry
from hubcraft.apps.lifecycle.policy import can_read, can_take_away
from hubcraft.apps.lifecycle.queries.rows import rows_of
from hubcraft.apps.networks.models import Initiative, Membership, Network, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.people.models import OneTimeKey, Person, SignedIn, Token
from hubcraft.apps.playbook.models import Strategy
from hubcraft.apps.records.queries.trail import Names, name_alone
from hubcraft.apps.reflections.models import Mark, MarkChange, Reminder
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.rooms.models import Seat

Row = dict[str, object]


def everything_about(person: Person) -> dict[str, list[Row]]:
    """Chapter by chapter; an empty one says so by being empty."""
    return {chapter: [tidy(row) for row in rows(person)] for chapter, rows in CHAPTERS.items()}


def tidy(row: Row) -> Row:
    """Moments and days as text that sorts and that every program reads."""
    return {name: it.isoformat() if isinstance(it, datetime | date) else it for name, it in row.items()}


def account(person: Person) -> list[Row]:
    return [
        {
            "name": person.name,
            "email": person.email,
            "initials": person.initials,
            "language": person.language,
            "is_administrator": person.is_administrator,
            "made_at": person.made_at,
            "last_signed_in_at": person.last_login,
        }
    ]


def signed_in(person: Person) -> list[Row]:
    found = SignedIn.objects.filter(person=person).order_by("begun_at")
    return [{"device": it.device, "since": it.begun_at, "until": it.expire_date} for it in found]


def keys(person: Person) -> list[Row]:
    found = OneTimeKey.objects.filter(person=person).order_by("until")
    return [{"lets_in_until": it.until, "used_at": it.used_at} for it in found]


def tokens(person: Person) -> list[Row]:
    """What they are for, never what opens them."""
    found = list(Token.objects.filter(person=person).order_by("made_at", "id"))
    names = place_names({place for it in found for place in it.places})
    return [
        {
            "name": it.name,
            "may_write": it.may_write,
            "places": [names.get(place, "?") for place in it.places],
            "made_at": it.made_at,
            "until_on": it.until_on,
            "last_used_on": it.used_on,
            "revoked_at": it.ended_at,
        }
        for it in found
    ]


def place_names(places: set[str]) -> dict[str, str]:
    """What the places of tokens are called."""
    kinds = {"team": Team, "network": Network, "initiative": Initiative}
    found = {}
    for kind, model in kinds.items():
        ids = [it.partition(" ")[2] for it in places if it.startswith(f"{kind} ")]
        found |= {f"{kind} {it.id}": it.name for it in model.objects.filter(id__in=ids)}
    return found


def second_steps(person: Person) -> list[Row]:
    """Which they are, never what opens them."""
    found = Authenticator.objects.filter(user=person).order_by("created_at", "id")
    return [{"kind": it.type, "since": it.created_at, "last_used_at": it.last_used_at} for it in found]


def roles(person: Person) -> list[Row]:
    found = Membership.objects.filter(person=person).select_related("initiative", "network", "team")
    return [
        {
            "role": str(it.get_role_display()),
            "place": str(it.team or it.network or it.initiative),
            "since": it.made_at,
            "until": it.ended_at,
        }
        for it in found.order_by("made_at", "id")
    ]


def invitations(found) -> list[Row]:
    return [
        {
            "email": it.email,
            "name": it.name,
            "role": str(it.get_role_display()),
            "place": str(it.place),
            "made_at": it.made_at,
            "until": it.until,
            "ended_at": it.ended_at,
        }
        for it in found.select_related("initiative", "network", "team").order_by("made_at", "id")
    ]


def seats(person: Person) -> list[Row]:
    found = (
        SeatClaim.objects.filter(person=person).select_related("seat__room", "seat__team").order_by("made_at")
    )
    return [
        {
            "room": it.seat.room.title,
            "team": it.seat.team.name,
            "label": it.seat.label,
            "language": it.seat.language,
            "helped_by": it.seat.helper,
            "joined_at": it.seat.joined_at,
            "kept_at": it.made_at,
        }
        for it in found
    ]


def seats_of(person: Person) -> list[Seat]:
    return [it.seat for it in SeatClaim.objects.filter(person=person).select_related("seat")]


def answers(person: Person) -> list[Row]:
    """What they answered, as it stands and as it was first."""
    marks = Mark.objects.filter(seat__in=seats_of(person)).select_related(
        "reflection__session__room", "reflection__team"
    )
    return [
        {
            "team": it.reflection.team.name,
            **in_words(it.reflection, it.look_for, person, answer=it.answer, first=it.first_answer),
            "at": it.changed_at,
        }
        for it in marks.order_by("changed_at", "id")
    ]


def moves(person: Person) -> list[Row]:
    changes = MarkChange.objects.filter(seat__in=seats_of(person)).select_related("reflection__session__room")
    return [
        {**in_words(it.reflection, it.look_for, person, answer=it.answer), "at": it.at}
        for it in changes.order_by("at", "id")
    ]


def in_words(reflection, look_for: str, person: Person, **given: str) -> Row:
    """A look-for and what was answered to it, as its rubric says them."""
    rubric = rubric_for(reflection, person.language)
    look_fors = {it.key: it.text for it in rubric.look_fors}
    levels = {it.key: it.label for it in rubric.levels}
    told = {name: levels.get(answer, answer) for name, answer in given.items()}
    return {"rubric": rubric.title, "look_for": look_fors.get(look_for, look_for), **told}


def strategies(person: Person) -> list[Row]:
    found = Strategy.objects.filter(seat__in=seats_of(person)).order_by("made_at", "id")
    return [
        {
            "words": it.words,
            "how_we_know": it.how_we_know,
            "made_at": it.made_at,
            "taken_back_at": it.removed_at,
        }
        for it in found
    ]


def next_steps(person: Person) -> list[Row]:
    found = NextStep.objects.filter(seat__in=seats_of(person)).order_by("made_at", "id")
    return [
        {
            "words": it.words,
            "owner": it.owner,
            "due_on": it.due_on,
            "size": it.size,
            "state": it.state,
            "what_became_of_it": it.reason,
            "made_at": it.made_at,
            "taken_back_at": it.removed_at,
        }
        for it in found
    ]


def choices(person: Person) -> list[Row]:
    found = Choice.objects.filter(seat__in=seats_of(person)).order_by("changed_at", "id")
    return [{"which": str(it.get_which_display()), "domain": it.domain, "at": it.changed_at} for it in found]


def reminders(person: Person) -> list[Row]:
    found = Reminder.everywhere.filter(address=person.email).select_related("session__room")
    return [{"room": it.session.room.title, "address": it.address} for it in found]


def boards_kept(person: Person) -> list[Row]:
    found = TeamClaim.everywhere.filter(person=person).select_related("team", "hub").order_by("made_at")
    return [{"team": it.team.name, "hub": it.hub.name, "at": it.made_at} for it in found]


def shared(person: Person) -> list[Row]:
    found = Release.everywhere.filter(person=person).select_related("team").order_by("made_at")
    return [
        {
            "hub": it.team.name,
            "what": it.kind,
            "with": it.reach,
            "at": it.made_at,
            "taken_back_at": it.revoked_at,
        }
        for it in found
    ]


def raised(person: Person) -> list[Row]:
    found = Raising.everywhere.filter(person=person).select_related("team").order_by("made_at", "id")
    return [
        {"hub": it.team.name, "asked": it.asked, "with_the_step": it.words, "at": it.made_at} for it in found
    ]


def answered(person: Person) -> list[Row]:
    found = Raising.everywhere.filter(answered_by=person).select_related("team").order_by("answered_at", "id")
    return [
        {"hub": it.team.name, "answer": it.answer, "words": it.answer_words, "at": it.answered_at}
        for it in found
    ]


def looked(person: Person) -> list[Row]:
    found = Look.everywhere.filter(person=person).select_related("team", "release").order_by("on", "id")
    return [{"hub": it.team.name, "what": it.release.kind, "on": it.on} for it in found]


def mails(person: Person) -> list[Row]:
    found = OutboxMail.objects.filter(to=person.email).order_by("due_at")
    return [{"subject": it.subject, "to_be_sent_at": it.due_at} for it in found]


def weekly_letter(person: Person) -> list[Row]:
    found = WeeklyLetter.objects.filter(person=person)
    return [
        {"is_wanted": not it.is_off, "last_sent_at": it.sent_at, "next_look_at": it.next_at} for it in found
    ]


def calendar_link(person: Person) -> list[Row]:
    """That there is one, never what opens it."""
    return [{"since": it.made_at} for it in CalendarLink.objects.filter(person=person)]


def written_for_hubs(person: Person) -> list[Row]:
    """What they wrote of a hub: its life cycle, charter, routines, roster and problems.

    Others write on in the same rows. So the words are given as far as they may read them there at this moment;
    of the rest, that they wrote something of this kind, and when.
    """
    about = ("team", "id", "network", "person", "holder", "came_from", "language")
    rows = []
    for kind, model in KINDS.items():
        found = model.everywhere.filter(person=person).select_related("team").order_by("made_at", "id")
        fields = [it.name for it in model._meta.local_fields if it.name not in about]
        read = read_by(person, kind)
        rows += [
            {
                "hub": it.team.name,
                "kind": kind,
                **{name: getattr(it, name) for name in (fields if it.id in read else ("made_at",))},
            }
            for it in found
        ]
    return rows


def read_by(person: Person, kind: str) -> set[str]:
    """Which rows of a kind they read in hubs they are of; taken away ones, where they may put them back."""
    viewer, found = viewer_of(person), set()
    for hub in Team.objects.filter(id__in={it.team for it in viewer.roles if it.team}):
        if can_read(viewer, hub.id):
            rows = rows_of(KINDS[kind], viewer, hub)
            if not can_take_away(viewer, hub.id, kind):
                rows = rows.filter(removed_at=None)
            found |= set(rows.values_list("id", flat=True))
    return found


def strategy_cards(person: Person) -> list[Row]:
    """What they wrote on strategy cards: in full where they read it at this moment, else that they wrote it, and when."""
    viewer = viewer_of(person)
    found = (
        CardVersion.everywhere.filter(person=person).select_related("card", "team").order_by("made_at", "id")
    )
    read = readable(viewer, (it.card_id for it in found))
    told = ("number", *CardVersion.WRITTEN, "changed")
    return [
        {
            "hub": it.team.name,
            "look_for": it.card.look_for_text,
            "made_at": it.made_at,
            **{name: getattr(it, name) for name in (told if it.card_id in read else ())},
        }
        for it in found
    ]


def tries(person: Person) -> list[Row]:
    """What they wrote of strategies that their hubs try, in the same way."""
    viewer, read = viewer_of(person), set()
    for hub in Team.objects.filter(id__in=hubs_of(viewer)):
        read |= set(rows_of(Try, viewer, hub).values_list("id", flat=True))
    found = Try.everywhere.filter(person=person).select_related("team").order_by("made_at", "id")
    told = (*Try.WRITTEN, "told_at", "removed_at")
    return [
        {
            "hub": it.team.name,
            "look_for": it.look_for_text,
            "made_at": it.made_at,
            **{name: getattr(it, name) for name in (told if it.id in read else ())},
        }
        for it in found
    ]


def asked_about(person: Person) -> list[Row]:
    """Strategy cards about which somebody may come to them, or proposed that."""
    found = Card.everywhere.filter(contact=person).select_related("team").order_by("made_at", "id")
    return [
        {"hub": it.team.name, "look_for": it.look_for_text, "agreed_at": it.contact_agreed_at} for it in found
    ]


def rosters(person: Person) -> list[Row]:
    """What hubs say of them in their rosters."""
    found = RosterEntry.everywhere.filter(holder=person).select_related("team").order_by("made_at", "id")
    return [
        {"hub": it.team.name, "does": it.does, "hand_over": it.hand_over, "taken_away_at": it.removed_at}
        for it in found
    ]


def trail(person: Person) -> list[Row]:
    """What they did and what was done to them. Other people in these lines are named as the trail names them."""
    entries = list(audit.lines(people=[person.id]))
    names = Names(entries, name_alone)
    return [
        {"at": it.at, "who": names.put_in(it.who), "did": names.put_in(it.did)} for it in reversed(entries)
    ]


def hubs_they_were_of(person: Person) -> list[Row]:
    found = FormerMember.objects.filter(person=person).select_related("former__team", "former__into")
    return [
        {"hub": it.former.team.name, "part_of": it.former.into.name, "since": it.former.made_at}
        for it in found.order_by("former__made_at", "id")
    ]


def merges_asked_for(person: Person) -> list[Row]:
    found = Merge.everywhere.filter(person=person).select_related("team").order_by("made_at", "id")
    return [
        {"hub": it.team.name, "asked": it.email, "at": it.made_at, "until": it.until, "ended_at": it.ended_at}
        for it in found
    ]


CHAPTERS: dict[str, Callable[[Person], list[Row]]] = {
    "account": account,
    "signed_in": signed_in,
    "one_time_keys": keys,
    "second_steps": second_steps,
    "tokens": tokens,
    "roles": roles,
    "invitations_to_you": lambda person: invitations(Invitation.everywhere.filter(email=person.email)),
    "invitations_by_you": lambda person: invitations(Invitation.everywhere.filter(made_by=person)),
    "seats": seats,
    "answers": answers,
    "changes": moves,
    "strategies": strategies,
    "next_steps": next_steps,
    "choices": choices,
    "reminders": reminders,
    "boards_you_kept": boards_kept,
    "hubs_you_were_of": hubs_they_were_of,
    "merges_you_asked_for": merges_asked_for,
    "what_you_shared": shared,
    "what_you_asked_a_network_for": raised,
    "what_you_answered_for_a_network": answered,
    "what_you_wrote_of_a_hub": written_for_hubs,
    "what_you_wrote_on_strategy_cards": strategy_cards,
    "what_you_wrote_of_tries": tries,
    "cards_you_may_be_asked_about": asked_about,
    "rosters_you_stand_in": rosters,
    "what_you_looked_at": looked,
    "mail_that_waits": mails,
    "weekly_letter": weekly_letter,
    "calendar_link": calendar_link,
    "trail": trail,
}


def titles() -> dict[str, str]:
    """What each chapter is called on the page to read."""
    return {
        "account": _("Your account"),
        "signed_in": _("Where you are signed in"),
        "one_time_keys": _("Links that let you in once"),
        "second_steps": _("Your second steps to sign in"),
        "tokens": _("Tokens of your programs"),
        "roles": _("What you are and were, and where"),
        "invitations_to_you": _("Invitations to you"),
        "invitations_by_you": _("Whom you invited"),
        "seats": _("Seats you kept"),
        "answers": _("What you answered there"),
        "changes": _("How your answers changed"),
        "strategies": _("Strategies you named there"),
        "next_steps": _("Next steps you promised there"),
        "choices": _("Domains you chose there"),
        "reminders": _("Where you are to be reminded"),
        "boards_you_kept": _("Boards you kept for a hub"),
        "hubs_you_were_of": _("Hubs you were of when they became one with another"),
        "merges_you_asked_for": _("Whom you asked to make two hubs one"),
        "what_you_shared": _("What you shared for a hub"),
        "what_you_asked_a_network_for": _("What you asked a network for"),
        "what_you_answered_for_a_network": _("What you answered for a network"),
        "what_you_wrote_of_a_hub": _("What you wrote of a hub"),
        "what_you_wrote_on_strategy_cards": _("What you wrote on strategy cards"),
        "what_you_wrote_of_tries": _("What you wrote of strategies that a hub tries"),
        "cards_you_may_be_asked_about": _("Strategy cards others may ask you about"),
        "rosters_you_stand_in": _("What hubs say of you in their rosters"),
        "what_you_looked_at": _("What you looked at"),
        "mail_that_waits": _("Mail to you that waits"),
        "weekly_letter": _("Your letter on Mondays"),
        "calendar_link": _("The link to your calendar"),
        "trail": _("What the trail says of you"),
    }
