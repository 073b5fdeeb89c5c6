"""What the demo's hub keeps about itself: charter, meeting routines, roster, problems that came up."""

from datetime import datetime, timedelta

from hubcraft.apps.lifecycle.actions import charters, problems, rosters, routines
from hubcraft.apps.lifecycle.actions.stages import say_in_place, say_stage
from hubcraft.apps.lifecycle.queries.problems import domains_of_practice
from hubcraft.apps.lifecycle.queries.rows import was_of
from hubcraft.apps.lifecycle.queries.stages import LIFE_CYCLE, find_life_cycle
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.domain.ids import new_id

FIRST_CHARTER = {
    "purpose": "More children of our nine schools read with ease by the end of third grade.",
    "who": "Nine elementary schools along the delta, each with a team of three. The Riverbend hub leads.",
    "decisions": "The hub decides after hearing every school.",
    "agreements": "We bring numbers we are not proud of. We start and end on time.",
}
CHARTER = FIRST_CHARTER | {
    "purpose": "By June 2028, nine in ten children of our nine schools read with ease by the end of third grade: "
    "today it is six in ten.",
    "decisions": "Schools decide what they test. The hub decides what we all measure, after hearing every school. "
    "Where we can’t agree in two meetings, Rosa decides and says why.",
}
ROUTINES = (
    {
        "name": "Hub huddle",
        "purpose": "See what each of us is stuck with, and who helps.",
        "rhythm": "Mondays at 8:15, half an hour",
        "who": "The four of us",
        "agenda": "What did last week’s promises become?\nWho is stuck?\nWhich school needs a call?",
    },
    {
        "name": "Learning session",
        "purpose": "Schools show each other what they tested, and what the numbers said.",
        "rhythm": "Every six weeks, two hours",
        "who": "All school teams",
        "agenda": "One chart from each school\nTwo tests in pairs: what did you predict?\nWhat do we stop?",
    },
)
# Days before now, what was noticed, whose it is, whether it was urgent, in which domains (their place), what was decided.
PROBLEMS = (
    (9, "Two schools have a new principal who has never heard of the network.", "Rosa", True, (1, 4), ""),
    (30, "Nobody knew which version of the reading check to use.", "Ben", False, (2,), ""),
    (
        95,
        "A teacher asked how her class’s numbers leave the school.",
        "Cleo",
        True,
        (4,),
        "One page: what leaves, as what.",
    ),
    (
        120,
        "We learned at the meeting that three schools had sent no numbers.",
        "Ben",
        False,
        (0, 5),
        "Call on Mondays.",
    ),
)


# Days before now, the piece of evidence, where to find it, a link.
EVIDENCE = (
    (350, "initiate/build-the-vision/written-aim", "First line of our charter, and on the wall.", ""),
    (345, "initiate/build-the-vision/problem-in-figures", "Two pages in the shared folder “Start”.", ""),
    (340, "initiate/create-a-charter/signed-charter", "Signed at the retreat by all nine.", ""),
    (340, "initiate/create-a-charter/decision-rule", "Third part of the charter.", ""),
    (330, "initiate/build-the-foundation/hub-roster", "The roster here.", ""),
    (325, "initiate/build-the-foundation/meeting-calendar", "", "https://example.org/calendar"),
)


def keep(leader: Viewer, hub, people: dict[str, str], at: datetime) -> None:
    """All of it, over the past year; `people` are keys of accounts by their first names."""
    more = {"by": leader, "hub": hub}
    first, second = at - timedelta(days=340), at - timedelta(days=160)
    review_on = (at + timedelta(days=10)).date()
    old = charters.write_charter(**more, once=new_id(), was="", **FIRST_CHARTER, review_on=None, at=first)
    charters.write_charter(**more, once=new_id(), was=old.id, **CHARTER, review_on=review_on, at=second)
    for it in ROUTINES:
        routines.write_routine(**more, once=new_id(), **it, at=second)
    rosters.write_of_member(
        **more,
        person_id=people["Rosa"],
        does="Leads, and talks with the district",
        hand_over="",
        was="",
        at=first,
    )
    rosters.write_of_member(
        **more, person_id=people["Ben"], does="Visits schools on Thursdays", hand_over="", was="", at=first
    )
    rosters.write_of_member(
        **more, person_id=people["Cleo"], does="Keeps the numbers", hand_over="", was="", at=first
    )
    rosters.add_person(
        **more,
        once=new_id(),
        name="Jo Reyes",
        does="Family liaison, on two mornings a week",
        since_on=first.date(),
        left_on=None,
        hand_over="",
        at=first,
    )
    rosters.add_person(
        **more,
        once=new_id(),
        name="Ellis Jordan",
        does="Wrote the reading check",
        since_on=(first - timedelta(days=200)).date(),
        left_on=second.date(),
        hand_over="The reading check and its key are in the shared folder “Check”. Version 3 is the one to use; "
        "Lakeside still has version 2.",
        at=second,
    )
    log(leader, hub, at)
    stand(leader, hub, at)


def stand(leader: Viewer, hub, at: datetime) -> None:
    """Where the network stands, said twice; evidence, some of it later."""
    cycle = find_life_cycle("en")
    if cycle is None:
        return
    first, second, *_rest = cycle.stages
    said = (
        (360, first, "We have a problem and nine schools, and little else."),
        (170, second, "The charter is signed and schools have begun to test."),
    )
    for days, stage, why in said:
        moment = at - timedelta(days=days)
        say_stage(
            by=leader, hub=hub, once=new_id(), stage=stage.key, since_on=moment.date(), why=why, at=moment
        )
    # Of the second stage what its works have first, but for the last two works.
    later = [
        (120, it.pieces[0].address, "In the shared folder.", "") for it in second.works[:-2] if it.pieces
    ]
    for days, address, where, link in (*EVIDENCE, *later):
        moment, key = at - timedelta(days=days), f"{LIFE_CYCLE}/{address}"
        if cycle.piece(key) is not None:
            told = {"piece": key, "since_on": moment.date(), "where": where, "link": link}
            say_in_place(by=leader, hub=hub, once=new_id(), was="", **told, at=moment)


def log(leader: Viewer, hub, at: datetime) -> None:
    """Problems, open and closed; the oldest became a routine."""
    domains = [it.key for it in domains_of_practice("en")]
    for days, words, whose, is_urgent, places, decision in PROBLEMS:
        moment = at - timedelta(days=days)
        told = {
            "words": words,
            "noticed_on": moment.date(),
            "whose": whose,
            "is_urgent": is_urgent,
            "domains": [domains[it] for it in places if it < len(domains)],
        }
        problem = problems.log_problem(by=leader, hub=hub, once=new_id(), **told, at=moment)
        if not decision:
            continue
        closed = moment + timedelta(days=6)
        problems.change_problem(
            by=leader,
            hub=hub,
            problem_id=problem.id,
            was=was_of(leader, hub, problem),
            **told,
            decision=decision,
            decided_by="Rosa",
            told="All school teams",
            closed_on=closed.date(),
            at=closed,
        )
    routines.write_routine(
        by=leader,
        hub=hub,
        once=new_id(),
        name="Monday calls",
        purpose="No school is without numbers on the day we meet.",
        rhythm="Mondays, ten minutes a school",
        who="Ben",
        agenda="Are the numbers in?\nWhat keeps them?",
        problem_id=problem.id,
        at=at - timedelta(days=113),
    )
