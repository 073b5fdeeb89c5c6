"""Rooms and people for tests, made by calling the real actions."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial

from hubcraft import content
from hubcraft.apps.facilitation.actions import leaders, opening, rehearsals, runs, starting
from hubcraft.apps.facilitation.models import Run
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import list_domains, rubric_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.actions import boards, marks, sessions
from hubcraft.apps.reflections.actions.marks import Operation, Receipt
from hubcraft.apps.reflections.models import Reflection, ReflectionSession
from hubcraft.apps.reflections.queries.doors import Place, place_of_seat
from hubcraft.apps.reflections.queries.roster import load_roster
from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.actions import Placement
from hubcraft.apps.rooms.models import Room, RoomTeam, Seat
from hubcraft.apps.rooms.queries import Keys, projector_key, viewer_with
from hubcraft.domain.rating import DOES_NOT_APPLY, NOT_SURE
from tests.device import Device

# Pages read the clock, so rooms are made now: a code rests after some idle hours.
NOW = datetime.now(UTC).replace(microsecond=0)
RIVERBEND, NORTH_SHORE, ALONE = "Riverbend hub", "North Shore hub", "alone"


def second(hall: "Hall", name: str = "Bea") -> "Hall":
    """The same room in the hands of a second facilitator, who has said who they are."""
    leaders.name_myself(by=hall.leader, room=hall.room, name="Ada", at=NOW)
    key = leaders.invite(by=hall.leader, room=hall.room, once=secrets.token_hex(16), at=NOW)
    theirs = Hall(hall.room, key)
    if name:
        leaders.name_myself(by=theirs.leader, room=hall.room, name=name, at=NOW)
    return theirs


class Hall:
    """A room that was really started, and everything one may do in it."""

    def __init__(self, room: Room, key: str):
        self.id, self.key = room.id, key

    @property
    def room(self) -> Room:
        """As it stands in the table now."""
        return Room.objects.get(id=self.id)

    @property
    def session(self) -> ReflectionSession:
        return ReflectionSession.everywhere.get(room_id=self.id)

    @property
    def leader(self) -> Viewer:
        return viewer_with(self.id, Keys(lead=self.key))

    @property
    def at_door(self) -> Viewer:
        return Viewer(room=self.id, is_at_door=True)

    @cached_property
    def rubric(self):
        return rubric_of(self.session.pack_id, self.session.domain, "en")

    @cached_property
    def look_fors(self) -> list[str]:
        return [it.key for it in self.rubric.look_fors]

    @cached_property
    def levels(self) -> list[str]:
        return [it.key for it in self.rubric.levels]

    def answer(self, sign: str) -> str:
        """1-4 a level, ? not sure, - doesn't apply, . nothing."""
        return {"?": NOT_SURE, "-": DOES_NOT_APPLY, ".": ""}.get(sign) or (
            self.levels[int(sign) - 1] if sign != "." else ""
        )

    def team(self, name: str) -> str:
        """The id of a team that is here."""
        return RoomTeam.everywhere.get(room_id=self.id, team__name=name, merged_into=None).team_id

    def room_team(self, name: str) -> RoomTeam:
        return RoomTeam.everywhere.select_related("team").get(room_id=self.id, team__name=name)

    def board(self, name: str) -> Reflection:
        return Reflection.everywhere.select_related("team", "session").get(
            session__room_id=self.id, team__name=name, removed_at=None
        )

    def placement(self, team: str) -> Placement:
        return Placement(is_alone=True) if team == ALONE else Placement(team_id=self.team(team))

    def sit(self, initials: str, team: str = RIVERBEND, language: str = "en", **more) -> "Person":
        """Somebody comes in through the door."""
        more.setdefault("placement", None)
        placement = more.pop("placement") or self.placement(team)
        seat, secret = sessions.join(
            by=self.at_door,
            room_id=self.id,
            initials=initials,
            placement=placement,
            language=language,
            at=NOW,
            **more,
        )
        return Person(self, seat, secret)

    def begin(self) -> "Hall":
        return self.open()

    def open(self, at: datetime = NOW) -> "Hall":
        """Everyone may begin, or go on after the room was closed."""
        opening.open_room(by=self.leader, room=self.room, at=at)
        return self

    @property
    def run(self) -> Run:
        """Where its script is, as it stands in the table now."""
        return Run.everywhere.get(session__room_id=self.id)

    def position_of(self, kind: str) -> int:
        """Where the first step of a kind stands in the script."""
        return next(at for at, step in enumerate(self.run.steps) if step["kind"] == kind)

    def go_to(self, step: int | str, at: datetime = NOW) -> "Hall":
        """The facilitator takes the room to a step: its position, or the first one of a kind."""
        position = step if isinstance(step, int) else self.position_of(step)
        runs.go_to(by=self.leader, room=self.room, position=position, at=at)
        return self

    def close(self, at: datetime = NOW) -> "Hall":
        rooms.close_room(by=self.leader, room=self.room, at=at)
        return self

    def roster_mark(self, team: str) -> str:
        return load_roster(self.session, self.board(team)).mark

    def reveal(self, team: str = RIVERBEND, by: Viewer | None = None) -> Reflection:
        """The facilitator, or somebody else, opens a team's board with those who are there."""
        return boards.reveal(
            by=by or self.leader,
            reflection_id=self.board(team).id,
            roster_mark=self.roster_mark(team),
            at=NOW,
        )

    def lead_device(self) -> Device:
        return Device().keep(f"lead-{self.id}", self.key)

    def projector_device(self) -> Device:
        return Device().keep(f"projector-{self.id}", projector_key(self.room))

    def door_device(self) -> Device:
        return Device().keep(f"door-{self.id}", self.room.join_token)


class Person:
    """Somebody with a seat and the phone that holds it."""

    def __init__(self, hall: Hall, seat: Seat, secret: str):
        self.hall, self.seat_id, self.secret = hall, seat.id, secret
        self.key = seat.key
        self.ballot = secrets.token_urlsafe(16)

    @property
    def seat(self) -> Seat:
        """As it stands in the table now, also when it was removed."""
        return Seat.everywhere.select_related("room", "team").get(id=self.seat_id)

    @property
    def viewer(self) -> Viewer:
        seat = self.seat
        return Viewer(
            room=self.hall.id,
            seat=self.seat_id,
            team=seat.team_id,
            is_waiting=seat.is_waiting,
            ballot_secret=self.ballot,
        )

    @property
    def place(self) -> Place:
        return place_of_seat(self.viewer, self.seat_id)

    @cached_property
    def device(self) -> Device:
        """The phone with the cookies that it got at the door."""
        device = self.hall.door_device()
        device.keep(f"seats-{self.hall.id}", f"{self.seat_id}:{self.secret}")
        return device.keep(f"ballot-{self.hall.id}", self.ballot)

    def operation(self, number: int, sign: str, phase: str = "before", id: str = "") -> Operation:
        return Operation(
            id or secrets.token_hex(16), self.hall.look_fors[number - 1], self.hall.answer(sign), phase
        )

    def do(self, *operations: Operation) -> Receipt:
        return marks.place_marks(by=self.viewer, seat_id=self.seat_id, operations=operations, at=NOW)

    def mark(self, number: int, sign: str, phase: str = "before", id: str = "") -> Receipt:
        """Put initials in one box."""
        return self.do(self.operation(number, sign, phase, id))

    def fill(self, signs: str = "33333333333", phase: str = "before") -> "Person":
        """A whole line of answers, one sign a look-for."""
        self.do(*(self.operation(at, sign, phase) for at, sign in enumerate(signs, 1) if sign != "."))
        return self


def start(
    *,
    rung: str = "initials",
    is_open_board: bool = False,
    teams: Iterable[str] = (RIVERBEND, NORTH_SHORE),
    planned_size: int | None = None,
    may_add_teams: bool = True,
    title: str = "Spring convening",
    script: str = "",
    language: str = "en",
    time_zone: str = "UTC",
    until_on: date | None = None,
    has_two_rubrics: bool = False,
    has_drafts: bool = False,
    rubric: str = "",
    program: Viewer | None = None,
) -> Hall:
    """A room in its lobby; its session follows a script, and is about another rubric, if one is named.

    Started by somebody's program, if so.
    """
    install_shipped_packs(at=NOW)
    if has_two_rubrics or has_drafts:
        install_two_rubrics(has_drafts=has_drafts)
    domain = list_domains("en")[0]
    begin = partial(runs.start_with_script, script=script) if script else sessions.start_session
    if program is not None:
        begin = partial(starting.start_for, by=program, script=script, once=secrets.token_hex(16))
    room, key = begin(
        title=title,
        domain=rubric or domain.key,
        pack_id=domain.pack,
        rung=rung,
        is_open_board=is_open_board,
        teams=list(teams),
        may_add_teams=may_add_teams,
        planned_size=planned_size,
        language=language,
        time_zone=time_zone,
        address="http://testserver",
        at=NOW,
        until_on=until_on,
    )
    return Hall(room, key)


def rehearse(
    script: str = "workshop",
    seed: int = 7,
    *,
    rung: str = "initials",
    is_open_board: bool = False,
    has_two_rubrics: bool = False,
) -> Hall:
    """A room for practice; its people come once they are played."""
    install_shipped_packs(at=NOW)
    if has_two_rubrics:
        install_two_rubrics()
    domain = list_domains("en")[0]
    room, key = rehearsals.start_rehearsal(
        script=script,
        seed=seed,
        title="Rehearsal",
        domain=domain.key,
        pack_id=domain.pack,
        rung=rung,
        is_open_board=is_open_board,
        teams=[RIVERBEND, NORTH_SHORE],
        may_add_teams=True,
        planned_size=None,
        language="en",
        time_zone="UTC",
        address="http://testserver",
        at=NOW,
    )
    return Hall(room, key)


FIRST_DOMAIN = "hub-leadership/domain-1"
SECOND_DOMAIN = "hub-leadership/domain-2"
# What its rubric has in these tests, and the only one of the first domain's practices that is drafted.
SECOND_LOOK_FORS = ("Agree on one aim.", "See the system together.", "Learn from each other.")
DRAFTED = f"{FIRST_DOMAIN}/improvement-capabilities"
DRAFT_LOOK_FOR = f"{DRAFTED}/practise"


def install_two_rubrics(*, has_drafts: bool = False) -> None:
    """The shipped pack with a small rubric for its second domain as well, and none for the others, as the newest there is.

    With drafts one practice of the first domain has a look-for that is ours.
    """
    pack = content.shipped_pack("hub-leadership")
    rated = pack.domain(FIRST_DOMAIN)

    def in_english(words: str) -> content.Text:
        return content.Text({"en": words}, "en")

    def as_published(practice: content.Practice) -> content.Practice:
        drafts = (content.LookFor(DRAFT_LOOK_FOR, in_english("Practise improvement as a team.")),)
        kept = tuple(it for it in practice.look_fors if it.status == "published")
        return replace(practice, look_fors=drafts if has_drafts and practice.key == DRAFTED else kept)

    def with_rubric(domain: content.Domain) -> content.Domain:
        if domain.key == FIRST_DOMAIN:
            return replace(domain, practices=tuple(map(as_published, domain.practices)))
        if domain.key != SECOND_DOMAIN:
            return replace(domain, practices=(), scale=None)
        practice = f"{domain.key}/together"
        look_fors = tuple(
            content.LookFor(f"{practice}/{number}", in_english(words))
            for number, words in enumerate(SECOND_LOOK_FORS)
        )
        return replace(
            domain,
            goal=in_english("The network learns as one."),
            instruction=in_english("Consider how well you learn together."),
            prompts=(in_english("What does your network learn from?"),),
            practices=(content.Practice(practice, in_english("Learn together"), look_fors),),
            scale=rated.scale,
        )

    frameworks = tuple(
        replace(it, domains=tuple(with_rubric(domain) for domain in it.domains)) for it in pack.frameworks
    )
    wider = replace(pack, version="1.1.0", frameworks=frameworks)
    InstalledPack.objects.get_or_create(
        pack=wider.id,
        digest=wider.digest,
        defaults={
            "version": wider.version,
            "content": wider.to_json(),
            "installed_at": NOW + timedelta(seconds=1),
        },
    )


def opened(**more) -> Hall:
    """A room in which everyone may begin."""
    return start(**more).begin()


def seated(hall: Hall, *initials: str, team: str = RIVERBEND) -> list[Person]:
    """Several people of one team."""
    return [hall.sit(one, team) for one in initials]
