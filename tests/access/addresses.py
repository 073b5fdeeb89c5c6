"""Every address of the house, filled in for one convening, and what to send there."""

import re
import secrets
from datetime import timedelta

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from hubcraft.apps.facilitation.actions import heard
from hubcraft.apps.facilitation.actions.making import ask_for_file
from hubcraft.apps.facilitation.exports.harvest import whose_harvest
from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.playbook import actions as playbook
from hubcraft.apps.rooms import actions as rooms
from hubcraft.live.source import served
from tests.cast import Convening
from tests.device import Device
from tests.make import NORTH_SHORE, NOW, RIVERBEND, Person, second

# Who looks, in the words of the matrix.
WHO = {
    "Ada": "facilitator",
    "Ben": "own team",
    "Ivo": "other team",
    "Noor": "interpreter",
    "Finn": "alone",
    "Gale": "waiting",
    "Lea": "late",
    "Max": "removed",
    "Dot": "at the door",
    "projector": "projector",
    "Olga": "other facilitator",
    "Nemo": "nobody",
}
STREAMS = {
    "stream": "/r/<room_id>/stream/",
    "lead-stream": "/r/<room_id>/lead/stream/",
    "projector-stream": "/r/<room_id>/projector/stream/",
}
# A look-for of the framework, as addresses name it.
LOOK_FOR = {
    "pack": "hub-leadership",
    "domain": "domain-1",
    "practice": "develop-the-hub-as-a-team",
    "look_for": "norms",
}


def routes() -> dict[str, URLPattern]:
    """Every address of the URL configuration by its name, with the whole of its path."""
    found: dict[str, URLPattern] = {}

    def walk(patterns, before: str) -> None:
        for it in patterns:
            path = before + str(it.pattern)
            if isinstance(it, URLResolver):
                walk(it.url_patterns, path)
            else:
                it.whole = "/" + path
                found[it.name] = it

    walk(get_resolver().url_patterns, "")
    return found


def mutating() -> list[str]:
    """The names of the addresses that take a POST."""
    return sorted(name for name, it in routes().items() if "POST" in it.callback.methods)


def fill(name: str, filled: dict[str, str]) -> str:
    """The address of this name with something that exists in each of its blanks."""
    blanks = re.findall(r"<(?:\w+:)?(\w+)>", routes()[name].whole)
    unknown = [it for it in blanks if it not in filled]
    assert not unknown, f"{name}: say in `filled` (Visit, Accounts) what stands for {', '.join(unknown)}"
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: filled[found[1]], routes()[name].whole)


def name_strategy(hall: Convening):
    """A strategy of Ben's."""
    return playbook.name_strategy(
        by=hall.ben.viewer,
        seat_id=hall.ben.seat_id,
        once=secrets.token_hex(16),
        look_for=hall.look_fors[0],
        words="We meet on Mondays.",
        how_we_know="",
        at=NOW,
    )


def promise(hall: Convening, whose: Person | None = None, *, is_shared: bool = False):
    """A next step of Ben's, or of somebody else; or one that their team has promised."""
    whose = whose or hall.ben
    return improvement.promise(
        by=whose.viewer,
        seat_id=whose.seat_id,
        once=secrets.token_hex(16),
        is_shared=is_shared,
        words="Meet weekly.",
        owner="",
        due_on=None,
        look_for="",
        at=NOW,
    )


def hear(hall: Convening):
    """Something that was said and may be shown."""
    return heard.hear(
        by=hall.leader,
        room=hall.room,
        words="We start with norms.",
        team_id=hall.team(RIVERBEND),
        look_for="",
        may_project=True,
        at=NOW,
    )


def long_file(hall: Convening) -> str:
    """A long file that the facilitator asked for, on its way."""
    return ask_for_file(
        of="harvest",
        place=hall.id,
        whose=whose_harvest(hall.leader.lead_key),
        kind="docx",
        size="a4",
        language="en",
        at=NOW,
    )


class Visit:
    """One convening and everybody's device; addresses are filled with what belongs to Riverbend."""

    def __init__(self, hall: Convening):
        self.hall = hall
        self.devices = hall.devices()
        asked, _secret = rooms.ask_for_device(
            by=hall.at_door, room=hall.room, team_id=hall.team(RIVERBEND), label="EL", at=NOW
        )
        self.filled = {
            "room_id": hall.id,
            "key": "nobody-s-key",
            "key_id": second(hall).leader.lead_key,
            "token": hall.room.join_token,
            "person_id": "nobody-s-id",
            "handle": "nobody-s-id",
            "token_id": "nobody-s-id",
            "rest": "v1/nothing",
            "invitation_id": "nobody-s-id",
            "merge_id": "nobody-s-id",
            "raising_id": "nobody-s-id",
            "membership_id": "nobody-s-id",
            "initiative_id": "nobody-s-id",
            "network_id": "nobody-s-id",
            "number": "1",
            "sheet": "person",
            "name": "start",
            "kind": "docx",
            "chart": "agreement",
            "room_chart": "participation",
            "as_file": "csv",
            "team_id": hall.team(RIVERBEND),
            "seat_id": hall.hana.seat_id,
            "asking_id": asked.id,
            "strategy_id": name_strategy(hall).id,
            "step_id": promise(hall).id,
            "heard_id": hear(hall).id,
            "file_id": long_file(hall),
            "hub_id": hall.team(RIVERBEND),
            **LOOK_FOR,
            "reflection_id": hall.board(RIVERBEND).id,
            "line": "domain-1",
            "installed_id": "nobody-s-id",
            "pack_id": "nobody-s-id",
            "charter_id": "nobody-s-id",
            "routine_id": "nobody-s-id",
            "entry_id": "nobody-s-id",
            "problem_id": "nobody-s-id",
            "member_id": "nobody-s-id",
            "stage": "initiate",
            "work": "nobody-s",
            "piece": "nobody-s",
            "what": "routine",
            "row_id": "nobody-s-id",
            "card_id": "nobody-s-id",
            "try_id": "nobody-s-id",
            "kept": "card",
            "kept_id": "nobody-s-id",
        }
        hall.ivo.mark(11, "3")
        waiting = hall.people.get("Gale")
        roster, north = hall.roster_mark(NORTH_SHORE), hall.team(NORTH_SHORE)
        self.fields = {
            "start": {"domain": hall.session.domain, "rung": "initials"},
            "account_login": {"email": "ada@example.org"},
            "account_request_login_code": {"email": "ada@example.org"},
            "enter-code": {"code": hall.room.code},
            "join": {"initials": "ZZ", "team": north},
            "marks": {"phase": "after", f"answer-{hall.look_fors[0]}": hall.levels[0]},
            "reveal": {"roster": roster},
            "team-asking": {"seat": waiting.key if waiting else "", "answer": "yes"},
            "reminder": {"address": "ben@example.org"},
            "lead-until": {"until_on": (NOW + timedelta(days=3)).date().isoformat()},
            "late": {"late": "keep"},
            "seat-name": {"initials": "QQ"},
            "seat-language": {"language": "es"},
            "language": {"language": "es"},
            "seat-team": {"team": north},
            "seat-help": {"helper": "CL"},
            "pass": {"initials": "ZZ"},
            "lead-facilitators": {"once": "c" * 32},
            "lead-facilitator-name": {"name": "Ada L."},
            "planned-size": {"planned_size": "30"},
            "lead-mail": {"address": "ada@example.org"},
            "lead-asking": {"answer": "yes"},
            "lead-teams": {"name": "Delta Literacy hub"},
            "lead-team-name": {"name": "Bend"},
            "lead-team-domain": {"domain": hall.session.domain},
            "lead-team-merge": {"into": north},
            "lead-team-reveal": {"roster": roster},
            "lead-team-paper": {f"box-1-{hall.levels[0]}": "KM"},
            "team-paper": {f"box-1-{hall.levels[0]}": "KM"},
            "lead-seat-team": {"team": north},
            "lead-seat-merge": {"into": hall.ben.seat_id},
            "lead-heard": {"words": "Norms first."},
            "lead-heard-line": {"words": "Norms first, then roles.", "may_project": "on"},
            "choice": {"know": "hub-leadership/domain-4"},
            "feedback": {"answer-3": "The levels."},
            "look-for-strategy": {"once": "a" * 32, "words": "We meet."},
            "strategy": {"words": "We meet daily."},
            "next-steps": {"once": "b" * 32, "words": "Meet.", "whose": "mine"},
            "next-step": {"words": "Meet daily."},
            "claim": {"hub": hall.team(RIVERBEND)},
            "hub-next-step": {"state": "done", "was": "open"},
            "next-step-settlement": {"state": "done", "was": "open", "reason": "We met."},
        }

    def address(self, name: str) -> str:
        return fill(name, self.filled)

    def fields_for(self, name: str, who: str) -> dict[str, str]:
        """What the form of this address would send for this person."""
        fields = dict(self.fields.get(name, {}))
        if name == "pass-turn":
            fields["seat"] = self.hall.people[who].key if who in self.hall.people else ""
        return fields

    def ask(self, name: str, method: str, who: str) -> HttpResponse:
        device = self.devices[who]
        if method == "GET":
            return device.client.get(self.address(name))
        return device.client.post(self.address(name), self.fields_for(name, who))

    def told(self, name: str, method: str, who: str) -> str:
        """The answer in one word: its status, and where in the room it leads."""
        response = self.ask(name, method, who)
        if not 300 <= response.status_code < 400:
            return str(response.status_code)
        place = re.sub(r"^/r/[0-9a-f]{32}/", "", response["Location"]).partition("?")[0]
        return f"{response.status_code} to {re.sub('[0-9a-f]{32}', '<team_id>', place) or 'now'}"

    def watch(self, name: str, who: str) -> str:
        """What a stream's door says."""
        path = STREAMS[name].replace("<room_id>", self.hall.id)
        device: Device = self.devices[who]
        admission = served().admit(path, device.cookies, {})
        return f"200 {admission.audience.partition(':')[0]}" if admission else "404"
