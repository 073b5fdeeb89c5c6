"""What people of the demo's world choose, say and answer, at the step that asks for it."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hubcraft.apps.facilitation.actions.choices import choose
from hubcraft.apps.facilitation.actions.feedback import give_feedback
from hubcraft.apps.facilitation.actions.harvest import count_room
from hubcraft.apps.facilitation.actions.heard import hear
from hubcraft.apps.facilitation.queries.choices import domains_of
from hubcraft.apps.facilitation.queries.feedback import questions_of
from hubcraft.apps.facilitation.queries.wording import look_fors_to_choose
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.queries.doors import session_of
from hubcraft.apps.rooms.queries import get_room_to_lead

# Numbers of domains, one a person in the order of coming: known, wanted. The last ones have not chosen yet.
KNOWN = "11342316431133254"
WANTED = "46465266426436426"
# Words, hub, whether the speaker agreed that the room sees them.
LINES = (
    ("We open every meeting with what we learned since the last one.", "Riverbend hub", True),
    ("The budget talk in March worries us.", "", False),
    ("Two of us swap roles each month, so nobody is the only one who knows.", "Delta Literacy hub", True),
)
HELPFUL = (
    "Seeing our initials next to each other.",
    "Nobody saw mine before we were ready.",
    "The words of the levels.",
    "",
)
BETTER = ("More time to talk.", "", "A second domain.", "")
# Of the room's look-fors: which one, and what should be better in it.
WORDING = (
    (0, "Does “diverse” mean roles here, or who we are? We asked each other that first."),
    (3, "Say when communication is effective. “People answer” would help us more."),
    None,
    (0, "Two things in one: who is in the team, and what they know. Rate them apart."),
    None,
)
PLAYBOOK = ("How to bring new people in.", "", "", "Norms that work.")


def say(
    kind: str,
    people: Mapping[tuple[str, str], Viewer],
    teams: Mapping[str, str],
    leader: Viewer,
    at: datetime,
) -> None:
    """Everything that is said at a step of this kind."""
    room = get_room_to_lead(leader, leader.room)
    session = session_of(room)
    if kind == "choice":
        keys = [it.key for it in domains_of(session)]
        for one, known, wanted in zip(people.values(), KNOWN, WANTED, strict=False):
            domains = {"know": keys[int(known) - 1], "learn": keys[int(wanted) - 1]}
            choose(by=one, seat_id=one.seat, domains=domains, at=at)
    elif kind == "hear":
        for words, hub, may_project in LINES:
            hear(
                by=leader,
                room=room,
                words=words,
                team_id=teams.get(hub, ""),
                look_for="",
                may_project=may_project,
                at=at,
            )
    elif kind == "feedback":
        keys = [it.key for it in domains_of(session)]
        questions = questions_of(session)
        look_fors = [it for _title, rows in look_fors_to_choose(session) for it in rows]
        for number, one in enumerate(people.values()):
            words = {2: HELPFUL, 3: BETTER, 6: PLAYBOOK}
            answers = {
                question.key: {"domains": [keys[number % 3], keys[number % 5]]}
                if question.asks_domains
                else spoken(words.get(place, ("",))[number % len(words.get(place, ("",)))])
                for place, question in enumerate(questions)
            }
            comment = WORDING[number % len(WORDING)]
            if comment is not None:
                at_row, said = comment
                wording = next(it.key for it in questions if it.asks_wording)
                answers[wording] = {**spoken(said), "look_for": look_fors[at_row].key}
            # The secret of a phone that nobody holds: what was said can't be changed any more.
            nobody = replace(one, ballot_secret=secrets.token_urlsafe(16))
            give_feedback(by=nobody, seat_id=one.seat, answers=answers, at=at)
        count_room(by=leader, room=room, at=at)


def spoken(words: str) -> dict[str, str]:
    """An answer in words, or none."""
    return {"words": words, "language": "en"} if words else {}
