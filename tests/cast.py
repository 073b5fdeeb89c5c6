"""The cast: one convening with everybody in it who may ever look.

Ada leads. Ben, Cleo, Dara, Eli and Hana are Riverbend; Ivo, Jo and Kim are North Shore, and Noor interprets for
them. Finn is here alone. Max was removed. Dot stands at the door. Once Riverbend's board is open, Gale waits to be
let in, and Lea, let in, rates. Olga leads another room. Nemo has nothing at all. Eli and Jo read in Spanish.
"""

from hubcraft.apps.rooms import actions as rooms
from hubcraft.apps.rooms.models import Seat
from tests.device import Device
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, Person, start

STAGES = ("lobby", "learn", "rating", "revealed")
# What everybody answers: Riverbend is split on the first look-for, and of one mind on the second.
LINES = {
    "Ben": "43333333333",
    "Cleo": "43212343434",
    "Dara": "13323332333",
    "Eli": "1323333??33",
    "Hana": "43333-43333",
    "Ivo": "22222222222",
    "Jo": "3323232323.",
    "Kim": "...........",
    "Finn": "23232323232",
}
INITIALS = {
    "Ben": "BE",
    "Cleo": "CL",
    "Dara": "DA",
    "Eli": "EL",
    "Hana": "HA",
    "Ivo": "IV",
    "Jo": "JO",
    "Kim": "KI",
    "Noor": "NO",
    "Finn": "FI",
    "Max": "MX",
    "Gale": "GA",
    "Lea": "LE",
}
ONE = ("Ben", "Cleo", "Dara", "Eli", "Hana")
TWO = ("Ivo", "Jo", "Kim")
# Who reads in Spanish; everybody else, and the room, in English.
SPANISH = ("Eli", "Jo")


class Convening(Hall):
    """A room with the whole cast; `people` by name."""

    people: dict[str, Person]

    def come(self, name: str, team: str, **more) -> Person:
        language = "es" if name in SPANISH else "en"
        self.people[name] = self.sit(INITIALS[name], team, language, **more)
        return self.people[name]

    def __getattr__(self, name: str) -> Person:
        people = self.__dict__.get("people", {})
        if name.capitalize() in people:
            return people[name.capitalize()]
        raise AttributeError(name)

    def devices(self) -> dict[str, Device]:
        """Everybody who may look, by name, in the order of the cast."""
        devices = {"Ada": self.lead_device(), "projector": self.projector_device()}
        devices |= {name: person.device for name, person in self.people.items()}
        olga = start(title="Another room")
        return devices | {"Dot": self.door_device(), "Olga": olga.lead_device(), "Nemo": Device()}


def convening(
    stage: str = "rating",
    *,
    wishes: tuple[str, ...] = (),
    answers: bool = True,
    step: int | str | None = None,
    **more,
) -> Convening:
    """The cast in a room that has come so far; `wishes` would rather not show theirs.

    With a `script`, the room has gone on to `step` after that.
    """
    hall = start(**more)
    made = Convening(hall.room, hall.key)
    made.people = {}
    for name in ONE:
        made.come(name, RIVERBEND)
    for name in TWO:
        made.come(name, NORTH_SHORE)
    made.come("Noor", NORTH_SHORE, kind=Seat.Kind.INTERPRETING)
    made.come("Finn", ALONE)
    made.come("Max", RIVERBEND)
    rooms.remove_seat(by=made.leader, seat=made.max.seat, at=NOW)
    if stage == "lobby":
        return made
    made.begin()
    if stage == "learn":
        return made
    if "script" in more:
        made.go_to("rubric")
    if answers:
        for name, line in LINES.items():
            if line.strip("."):
                made.people[name].fill(line)
    for name in wishes:
        wish(made.people[name])
    if stage == "revealed":
        if not made.session.is_open_board:
            made.reveal(RIVERBEND)
        made.come("Gale", RIVERBEND)
        lea = made.come("Lea", RIVERBEND)
        rooms.let_in(by=made.leader, seat=lea.seat, at=NOW)
    if step is not None:
        made.go_to(step)
    return made


def wish(person: Person) -> None:
    """I'd rather not show mine."""
    from hubcraft.apps.reflections.actions import boards

    boards.wish(by=person.viewer, seat_id=person.seat_id, at=NOW)
