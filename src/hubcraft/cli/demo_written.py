"""What the demo's people write: strategies where they are good at something, and what they will do next."""

import secrets
from datetime import date, datetime, timedelta

from hubcraft.apps.improvement import actions as improvement
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook import actions as playbook

# Team, initials, look-for, what they do, how they know.
STRATEGIES = (
    (
        "Riverbend hub",
        "AM",
        9,
        "Whoever joins has a buddy for the first three cycles, who sits in on their first two team meetings.",
        "Two people who joined in the fall told us so, and nobody has left since.",
    ),
    ("Riverbend hub", "BO", 9, "A one-page welcome, and lunch with the whole hub in the first week.", ""),
    (
        "Riverbend hub",
        "EJ",
        4,
        "What concerns more than two of us goes into one shared thread; nothing is decided in the corridor.",
        "We stopped hearing “nobody told me”.",
    ),
    (
        "North Shore hub",
        "FI",
        4,
        "Ten minutes by phone every Monday, always at nine.",
        "We miss it when it fails.",
    ),
    ("", "RW", 1, "I ask each school who is missing at the table before I invite anybody.", ""),
)
# Team, initials, whether it is the team's, what, who, in how many days.
NEXT_STEPS = (
    ("Riverbend hub", "KM", True, "Agree on who decides what, on one page.", "JR and SV", 21),
    ("Riverbend hub", "AM", False, "Ask the two who joined last what would have helped them most.", "AM", 10),
    ("North Shore hub", "PQ", True, "Find one person from the district for our team.", "AR", 30),
    ("Delta Literacy hub", "HA", False, "Write down how we work, while we still remember.", "HA", 14),
    ("", "CP", False, "Show my director what I answered, and ask where she sees us.", "CP", 7),
)


def write(kind: str, here: dict[tuple[str, str], Viewer], rubric, at: datetime) -> None:
    """What people write at a step of this kind; most steps ask for nothing."""
    if kind == "strategies":
        for team, initials, number, words, how_we_know in STRATEGIES:
            viewer = here[team, initials]
            playbook.name_strategy(
                by=viewer,
                seat_id=viewer.seat,
                once=secrets.token_hex(16),
                look_for=rubric.look_fors[number - 1].key,
                words=words,
                how_we_know=how_we_know,
                at=at,
            )
    elif kind == "plan":
        for team, initials, is_shared, words, owner, days in NEXT_STEPS:
            viewer = here[team, initials]
            improvement.promise(
                by=viewer,
                seat_id=viewer.seat,
                once=secrets.token_hex(16),
                is_shared=is_shared,
                words=words,
                owner=owner,
                due_on=day_after(at, days),
                look_for="",
                at=at,
            )


def day_after(at: datetime, days: int) -> date:
    """So many days later."""
    return (at + timedelta(days=days)).date()
