"""Names of what can be watched in a room."""

from collections.abc import Collection

LEAD = "lead"
PROJECTOR = "projector"


def waiting(team: str) -> str:
    """The audience of people who ask to join a team whose board is open."""
    return f"waiting:{team}"


def lobby(team: str) -> str:
    """The audience of a team's seats until everyone begins."""
    return f"lobby:{team}"


def rating(team: str) -> str:
    """The audience of a team's seats until its board is open."""
    return f"team:{team}"


def own(team: str) -> str:
    """The audience of people who each see only their own answers."""
    return f"own:{team}"


def board(team: str) -> str:
    """The audience of a team's open board."""
    return f"board:{team}"


def at_step(audience: str, key: str) -> str:
    """The same people while a script has the room at this step: who is at another one sees another page."""
    return f"{audience}:{key}"


def read_audience(audience: str) -> tuple[str, str, str]:
    """The kind of an audience of participants, its team, and the step it is at, if a script has it at one."""
    kind, team, step = (*audience.split(":", 2), "", "")[:3]
    return kind, team, step


def row(look_for: str) -> str:
    """The region of one look-for's row on a board."""
    return f"row-{look_for}"


def of(team: str, *regions: str) -> tuple[str, ...]:
    """These regions on the pages of one team only: what concerns eight people is not drawn for three hundred."""
    return tuple(f"{region}@{team}" for region in regions)


def concerns(announced: Collection[str] | None, region: str, team: str) -> bool:
    """Whether what was announced means this region of this team's pages; None means everything."""
    return announced is None or region in announced or f"{region}@{team}" in announced


# Regions.
LEAD_ROOM = "lead-room"
LEAD_TEAMS = "lead-teams"
LEAD_ASKING = "lead-asking"
PROJECTOR_ROOM = "projector-room"
PLACE = "place"
ROSTER = "roster"
# What a team will reflect on.
AHEAD = "ahead"
# The clock of the step a script has everybody at.
STEP = "step"
# That the room talks over its open boards, told to who still places their initials.
TALK = "talk"
BOARD_HEAD = "board-head"
# Until when each may take their own time.
UNTIL = "until"
# Who waits to be let in, told to the team whose board is open.
ASKING = "asking"
# Every row of a board at once.
ROWS = "rows"
# What a team wrote: its strategies, its next steps, and what it promised last time.
STRATEGIES = "strategies"
NEXT_STEPS = "next-steps"
PROMISES = "promises"
# What was said in the room: the picture of what people chose, and what the facilitator wrote down.
PICTURE = "picture"
HEARD = "heard"
# Who talks with whom, of those who are not in the room.
PAIRS = "pairs"
LEAD_PAIRS = "lead-pairs"
LEAD_PICTURE = "lead-picture"
LEAD_HEARD = "lead-heard"
# All of that: it comes and goes with the step that asks for it.
SAID = (PICTURE, HEARD, LEAD_PICTURE, LEAD_HEARD)

ROOM = (LEAD_ROOM, LEAD_TEAMS, LEAD_ASKING, PROJECTOR_ROOM, PLACE, PAIRS, LEAD_PAIRS)
TEAM = (ROSTER, UNTIL, BOARD_HEAD, ASKING, ROWS, STRATEGIES, NEXT_STEPS, PROMISES)
# What a room that opens or closes shows otherwise: everything, the clocks too.
WHOLE = (*ROOM, *TEAM, STEP, TALK, *SAID)


def room_and(team: str) -> tuple[str, ...]:
    """Everything a change in one team may touch."""
    return (*ROOM, *of(team, *TEAM))
