"""What somebody owes or is owed, as the pages would show it to them at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.improvement.queries import answer_title, standing
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import SeatClaim, TeamClaim
from hubcraft.apps.insights.queries.claims import hub_address, teams_of_hub
from hubcraft.apps.insights.queries.hubs import get_step, sees_step
from hubcraft.apps.insights.queries.merging import asked_of
from hubcraft.apps.insights.queries.raising import raised_to
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.letters.policy import can_get
from hubcraft.apps.lifecycle.queries.charters import charter_now
from hubcraft.apps.networks.models import Network, Role, Team
from hubcraft.apps.networks.queries import memberships_of, viewer_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.policy import day_words
from hubcraft.apps.reflections.queries.days import ends_at
from hubcraft.apps.roles.queries.invitations import invitations_to
from hubcraft.apps.rooms.models import Room, Seat
from hubcraft.domain.days import day_at
from hubcraft.domain.mailing import one_line
from hubcraft.domain.verdict import NotThere

# What is further away can wait for a later letter; what is over for longer nobody will be moved by.
OWN_AHEAD = timedelta(days=14)
HUB_AHEAD = timedelta(days=7)
OVER_SINCE = timedelta(days=56)
# A letter a week: rather told twice than never, where one was sent later than the other.
ANSWERED_SINCE = timedelta(days=8)


@dataclass(frozen=True)
class Step:
    """A next step that concerns somebody: whether it is theirs to do, and where they say what became of it."""

    step: NextStep
    place: str
    address: str
    is_mine: bool
    time_zone: str
    # Of a hub that they lead.
    is_led: bool = False


@dataclass(frozen=True)
class Line:
    """One point of a letter."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Waiting:
    """All that a letter says, chapter by chapter."""

    mine: tuple[Line, ...] = ()
    hub: tuple[Line, ...] = ()
    # What a hub that they lead wants to look at again.
    again: tuple[Line, ...] = ()
    sessions: tuple[Line, ...] = ()
    answers: tuple[Line, ...] = ()
    # What hubs ask a network for that they lead, and what the network answered to theirs.
    asked: tuple[Line, ...] = ()
    answered: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return any(vars(self).values())


def zone_of(person: Person) -> str:
    """Where somebody is: the time zone of the network they belong to, else that of a room they sat in."""
    networks = [it.network for it in memberships_of(person.id) if it.network is not None]
    if networks:
        return networks[0].time_zone
    seat = seats_of(person).first()
    return seat.room.time_zone if seat else "UTC"


def seats_of(person: Person):
    """Seats that somebody said were theirs and that nobody has put away since."""
    claimed = SeatClaim.objects.filter(person=person).values("seat")
    seats = Seat.everywhere.filter(id__in=claimed, removed_at=None, is_waiting=False)
    return seats.filter(room__is_rehearsal=False).select_related("room", "team").order_by("joined_at", "id")


def hubs_of(viewer: Viewer) -> list[Team]:
    """Where somebody sees everything that a hub promised."""
    ids = [it.team for it in viewer.roles if it.team and policy.can_see_hub(viewer, it.team)]
    found = Team.objects.filter(id__in=ids, removed_at=None, network__removed_at=None)
    return list(found.select_related("network").order_by("name", "id"))


def open_steps(person: Person) -> list[Step]:
    """Every open next step with a day that somebody sees, the soonest first."""
    viewer, seats = viewer_of(person), list(seats_of(person))
    found: dict[str, Step] = {}
    for hub in hubs_of(viewer):
        sight, teams = sight_of(viewer, hub), teams_of_hub(hub)
        is_led = viewer.is_in_team(hub.id, Role.HUB_LEADER)
        for it in with_day(NextStep.objects.filter(team__in=[*teams, *sight.parts])):
            if sees_step(sight, hub, it):
                address = f"{hub_address(hub)}next-steps/{it.id}/"
                is_mine = it.is_shared or is_of(it, person, seats)
                found[it.id] = Step(it, hub.name, address, is_mine, hub.network.time_zone, is_led)
    # What a team keeps for a hub is seen by the people of that hub; everywhere else one's own seat is enough.
    kept = set(
        TeamClaim.objects.filter(team__in=[it.team_id for it in seats]).values_list("team_id", flat=True)
    )
    own = [it for it in seats if it.team_id not in kept]
    for it in with_day(NextStep.objects.filter(seat__in=own, is_shared=False)):
        room = it.seat.room
        found.setdefault(it.id, Step(it, room.title, f"/r/{room.id}/team/", True, room.time_zone))
    return sorted(found.values(), key=lambda it: (it.step.due_on, it.step.id))


def with_day(steps):
    """Those of them that are open, stand, and are to be done by a day."""
    steps = standing(steps.filter(state=NextStep.State.OPEN)).exclude(due_on=None)
    return steps.exclude(seat__room__is_rehearsal=True).select_related("seat__room")


def is_of(step: NextStep, person: Person, seats: Iterable[Seat]) -> bool:
    """Whether somebody promised a step themselves, or stands there as who sees to it."""
    if step.seat_id and step.seat_id in {it.id for it in seats}:
        return True
    called = {person.name, person.email, *(it.label for it in seats if it.team_id == step.team_id)}
    return step.owner.casefold() in {it.casefold() for it in called if it}


def open_sessions(person: Person, at: datetime) -> list[ReflectionSession]:
    """Sessions that are open until a day, in whose rooms somebody or their hub sits."""
    viewer = viewer_of(person)
    rooms = {it.room_id for it in seats_of(person)}.union(*(rooms_of(viewer, it) for it in hubs_of(viewer)))
    found = ReflectionSession.objects.filter(
        room__in=rooms, until_on__isnull=False, together_at=None, ended_at=None, room__is_rehearsal=False
    )
    found = found.exclude(room__state=Room.State.CLOSED).select_related("room").order_by("until_on", "id")
    return [it for it in found if at < ends_at(it)]


def rooms_of(viewer: Viewer, hub: Team) -> set[str]:
    """Rooms in which a hub sits; where it was once two, those of which this person sees the board."""
    sight, teams = sight_of(viewer, hub), teams_of_hub(hub)
    seats = Seat.everywhere.filter(
        team__in=[it for it in teams if it not in sight.others], removed_at=None, is_waiting=False
    )
    boards = Reflection.objects.filter(team__in=[it for it in teams if it in sight.others])
    seen = {it.session.room_id for it in boards.select_related("session") if sight.sees(it)}
    return seen.union(seats.values_list("room_id", flat=True))


def what_waits(person: Person, at: datetime) -> Waiting:
    """What a letter says at this moment; nothing at all where nothing waits, or they have left."""
    if not (person.is_active and can_get(viewer_of(person))):
        return Waiting()
    mine, hub = [], []
    for it in open_steps(person):
        today = day_at(at, it.time_zone)
        if it.is_mine and is_near(it.step.due_on, today, OWN_AHEAD):
            mine.append(line_of(it, today))
        elif it.is_led and not it.is_mine and is_near(it.step.due_on, today, HUB_AHEAD):
            hub.append(line_of(it, today))
    return Waiting(
        mine=tuple(mine),
        hub=tuple(hub),
        again=tuple(charters_to_review(person, at)),
        sessions=tuple(session_lines(person, at)),
        answers=tuple(answers_of(person, at)),
        asked=tuple(asked_of_network(person, at)),
        answered=tuple(answered_by_network(person, at)),
    )


def charters_to_review(person: Person, at: datetime) -> Iterable[Line]:
    """Charters of hubs that somebody leads, whose day is near or was not long ago."""
    viewer = viewer_of(person)
    for hub in hubs_of(viewer):
        charter = charter_now(viewer, hub) if viewer.is_in_team(hub.id, Role.HUB_LEADER) else None
        today = day_at(at, hub.network.time_zone)
        if charter is None or charter.review_on is None or not is_near(charter.review_on, today, OWN_AHEAD):
            continue
        form = (
            _("The charter of {hub}: to be looked at again on {day}.")
            if charter.review_on >= today
            else _("The charter of {hub}: it was to be looked at again on {day}.")
        )
        told = form.format(hub=one_line(hub.name), day=day_words(charter.review_on))
        yield Line(told, f"{hub_address(hub)}charter/")


def is_near(due_on: date, today: date, ahead: timedelta) -> bool:
    return today - OVER_SINCE <= due_on <= today + ahead


def line_of(it: Step, today: date) -> Line:
    """A step in a sentence."""
    form = (
        _("“{words}”, by {day} ({place})")
        if it.step.due_on >= today
        else _("“{words}”, was for {day} ({place})")
    )
    told = form.format(words=one_line(it.step.words), day=day_words(it.step.due_on), place=one_line(it.place))
    if it.step.owner and not it.is_mine:
        told = _("{step}. Who sees to it: {owner}").format(step=told, owner=one_line(it.step.owner))
    return Line(told, it.address)


def session_lines(person: Person, at: datetime) -> Iterable[Line]:
    for it in open_sessions(person, at):
        if it.until_on <= day_at(at, it.room.time_zone) + OWN_AHEAD:
            form = _("“{title}” is open until {day}. Finished or not: nobody knows that here.")
            yield Line(
                form.format(title=one_line(it.room.title), day=day_words(it.until_on)),
                f"/r/{it.room_id}/team/",
            )


def answers_of(person: Person, at: datetime) -> Iterable[Line]:
    """Who waits for their yes or no. The key of an invitation is in its own mail and nowhere else."""
    for it in invitations_to(person.email, at):
        form = _("{who} invites you to {place}. The link is in the mail of {day}.")
        yield Line(
            form.format(
                who=one_line(str(it.made_by)), place=one_line(str(it.place)), day=day_words(it.made_at.date())
            )
        )
    viewer = viewer_of(person)
    for hub in hubs_of(viewer):
        for asked in asked_of(viewer, hub, at):
            form = _("{who} asks that {other} and {hub} become one hub.")
            told = form.format(
                who=one_line(str(asked.person)), other=one_line(asked.team.name), hub=one_line(hub.name)
            )
            yield Line(told, f"{hub_address(hub)}merge/{asked.id}/")


def asked_of_network(person: Person, at: datetime) -> Iterable[Line]:
    """What waits for an answer of whoever leads a network: all they read of it on its page."""
    viewer = viewer_of(person)
    led = [it.network for it in viewer.roles if it.network and policy.can_answer(viewer, it.network)]
    for network in Network.objects.filter(id__in=led, removed_at=None).order_by("name", "id"):
        for it in raised_to(network).filter(answered_at=None, made_at__gte=at - OVER_SINCE):
            if it.step.is_open:
                told = _("“{words}” ({hub})").format(words=one_line(it.asked), hub=one_line(it.team.name))
                yield Line(told, f"/n/{network.id}/raised/{it.id}/")


def answered_by_network(person: Person, at: datetime) -> Iterable[Line]:
    """What a network answered since the last letter, for whoever leads the hub, and whoever raised it."""
    viewer = viewer_of(person)
    for hub in hubs_of(viewer):
        sight = sight_of(viewer, hub)
        raised = Raising.objects.filter(team=hub, ended_at=None, answered_at__gte=at - ANSWERED_SINCE)
        for it in raised.select_related("step").order_by("answered_at", "id"):
            concerns = it.person_id == person.id or viewer.is_in_team(hub.id, Role.HUB_LEADER)
            if concerns and it.step.removed_at is None and sees_step(sight, hub, it.step):
                form = _("You asked: “{asked}”. The network: {answer}.")
                told = form.format(asked=one_line(it.asked), answer=answer_title(it.answer))
                yield Line(told, f"{hub_address(hub)}next-steps/{it.step_id}/raise/")


def get_dated_step(viewer: Viewer, hub: Team, step_id: str) -> Step:
    """A next step of a hub that somebody sees there and that is to be done by a day."""
    step = get_step(viewer, hub, step_id)
    if step.due_on is None or not step.is_open:
        raise NotThere
    address = f"{hub_address(hub)}next-steps/{step.id}/"
    return Step(step, hub.name, address, True, hub.network.time_zone)
