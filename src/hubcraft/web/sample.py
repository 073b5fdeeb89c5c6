"""Every page with invented people, no database: for the look book, for pictures, for the tests of the look."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.utils.safestring import mark_safe

from hubcraft.charts.agreement import AgreementChart, AgreementRow, AgreementWords, LevelName
from hubcraft.charts.change import ChangeChart, ChangeRow, Time
from hubcraft.charts.counts import CountsChart, CountsRow, Kind, Told
from hubcraft.charts.shares import Part, SharesChart, SharesRow

LEVELS = tuple(
    SimpleNamespace(key=key, label=label, short=short, fill=fill, names_strategy=fill > 2)
    for fill, (key, label, short) in enumerate(
        (
            ("need", "We really need to do this", "really need to"),
            ("better", "We could probably get better at this", "could get better"),
            ("good", "We’re pretty good at this", "pretty good"),
            ("great", "We’re great at this", "great"),
        ),
        start=1,
    )
)
PRACTICES = (
    (
        "Establish the hub team",
        (
            "Identify members for the hub team with the diverse knowledge, skills, and experiences necessary to "
            "address the problem.",
            "The hub includes leaders with the convening power to recruit network members",
        ),
    ),
    (
        "Coordinate and manage hub operations",
        (
            "Determine hub team roles and responsibilities.",
            "Design process for effective hub communication.",
            "Create hub team routines (work practices and collaboration).",
            "Ensure sufficient <u>capacity</u> to operate core hub functions and coordinate network activities.",
            "Ensure sufficient <u>resources</u> to operate core hub functions and coordinate network activities.",
        ),
    ),
    (
        "Develop the hub as a team",
        (
            "Build trust amongst hub team members.",
            "Recruit and onboard new hub members (if you have attrition).",
            "Establish hub team norms.",
            "Coalesce as a hub team that is working together to operate core hub functions and coordinate network "
            "activities.",
        ),
    ),
    ("Build improvement capabilities in the hub", ()),
    ("Specify a process to continuously improve hub operations", ()),
)
DOMAIN = "Developing and Managing the Hub Organization"
GOAL = (
    "The hub functions smoothly as a leadership team that is working together to operate core hub functions and "
    "coordinate network activities."
)
INSTRUCTION = (
    "Consider how well your hub team is developing and managing the hub as an organization. Put your initials in "
    "the box that best fits where you think your team is at this moment in time."
)
WHO_CAN_SEE = (
    "Until your team opens its board, only you see what you chose.",
    "Then your team sees your initials here. The room and the screen at the front see counts only.",
)
TEAM = ("AM", "BO", "DP", "EJ", "JR", "KM", "SV", "TL")


def qr():
    """A picture of a code as the real one is drawn: one path in the colour of its card."""
    import segno

    code = segno.make("https://hub.example.org/j/9fK2mQx7Lw4T", error="m")
    picture = code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None).replace(
        "#000", "currentColor"
    )
    return mark_safe(picture.replace("<path", "<title>QR code to join the room</title><path", 1))  # noqa: S308


def room(state="open", **changes):
    given = {
        "id": "q7w4",
        "title": "Spring convening",
        "code": "K7M 4XQW",
        "join_address": "hub.example.org/join",
        "join_link": "https://hub.example.org/j/9fK2mQx7Lw4T",
        "qr": qr(),
        "state": state,
        "is_locked": False,
        "is_rehearsal": False,
        "planned_size": 30,
        "here": 26,
        "rung": "initials",
        "is_open_board": False,
        "sequence": 41,
        "domain_title": DOMAIN,
        "language": "en",
    }
    return SimpleNamespace(**(given | changes))


def me(**changes):
    given = {
        "seat_key": "seat-am",
        "label": "AM",
        "team_name": "Riverbend hub",
        "is_alone": False,
        "kind": "own",
        "helper": "",
        "is_remote": False,
        "is_waiting": False,
        "is_late": False,
        "others_on_device": (),
    }
    return SimpleNamespace(**(given | changes))


class JoinForm(forms.Form):
    initials = forms.CharField(
        max_length=12, error_messages={"required": "Write your initials, two or three letters."}
    )
    team = forms.CharField(required=False)
    other_team = forms.CharField(max_length=80, required=False)


class SeatForm(forms.Form):
    initials = forms.CharField(max_length=12)
    helper = forms.CharField(max_length=12, required=False)


class CodeForm(forms.Form):
    code = forms.CharField(error_messages={"required": "Type the code from the screen."})


class FacilitatorForm(forms.Form):
    name = forms.CharField(max_length=40)


class PlannedOwnStepForm(forms.Form):
    kind = forms.CharField()
    title = forms.CharField(required=False, max_length=60)
    minutes = forms.IntegerField()
    after = forms.CharField(required=False)


class StartForm(forms.Form):
    only_listed = forms.BooleanField(required=False)
    is_open_board = forms.BooleanField(required=False)
    teams = forms.CharField(required=False)
    title = forms.CharField(required=False, max_length=80)
    until_on = forms.DateField(required=False)
    planned_size = forms.CharField(required=False)


def teams():
    names = ("Riverbend hub", 8, False), ("North Shore hub", 5, True), ("Delta Literacy hub", 6, False)
    return tuple(
        SimpleNamespace(id=f"t{place}", name=name, here=here, is_revealed=is_revealed, is_chosen=place == 0)
        for place, (name, here, is_revealed) in enumerate(names)
    )


def join_page(**changes):
    given = {
        "room": room(),
        "teams": teams(),
        "may_add_team": True,
        "near": (),
        "name_word": "initials",
        "is_ballot": False,
        "form": JoinForm(),
        "refusal": "",
        "asking": "",
        "is_other": False,
        "is_alone": False,
    }
    return SimpleNamespace(**(given | changes))


def look_fors():
    number = 0
    for title, texts in PRACTICES:
        for text in texts:
            number += 1
            plain = text.replace("<u>", "").replace("</u>", "")
            html = mark_safe(text)  # noqa: S308  (our own words above)
            yield SimpleNamespace(
                key=f"look-for-{number}", number=number, practice=title, html=html, text=plain
            )


def rate_page(position=None, answers=(), **changes):
    chosen = dict(answers)
    every = tuple(SimpleNamespace(look_for=one, answer=chosen.get(one.number, "")) for one in look_fors())
    practices = tuple(
        (title, tuple(one for one in every if one.look_for.practice == title)) for title, _ in PRACTICES
    )
    given = {
        "me": me(),
        "room": room(),
        "domain_title": DOMAIN,
        "goal": GOAL,
        "instruction": INSTRUCTION,
        "credit": "Rubric: Network Health Project (Partners for Network Improvement, Carnegie Foundation, "
        "University of North Carolina at Chapel Hill).",
        "levels": LEVELS,
        "look_fors": every,
        "practices": practices,
        "current": every[position - 1] if position else None,
        "position": position,
        "total": len(every),
        "answered": len(chosen),
        "previous_address": f"/r/q7w4/look-fors/{position - 1}/" if position and position > 1 else None,
        "next_address": f"/r/q7w4/look-fors/{position + 1}/" if position and position < len(every) else None,
        "done_address": "/r/q7w4/team/",
        "who_can_see": WHO_CAN_SEE,
        "may_wish": True,
        "has_wished": False,
        "wish_words": "Your team’s board will show dots instead of initials, for everyone.",
        "prompts_only": False,
        "may_answer": True,
        "after_reveal": False,
        "is_move": bool(changes.get("after_reveal")),
        "phase": "after" if changes.get("after_reveal") else "before",
        "why_not": "",
    }
    return SimpleNamespace(**(given | changes))


ANSWERS = {1: "good", 2: "great", 3: "better", 4: "good", 5: "not-sure", 6: "good", 9: "does-not-apply"}


def team_page(finished=6, state="open", **changes):
    roster = tuple(
        SimpleNamespace(
            label=label,
            seat_key=f"seat-{label.lower()}",
            has_finished=(place < finished) if state == "open" else None,
            kind={"EJ": "helped", "TL": "paper"}.get(label, "own"),
        )
        for place, label in enumerate(TEAM)
    )
    given = {
        "me": me(),
        "room": room(state),
        "team_name": "Riverbend hub",
        "roster": roster,
        "finished_words": f"{finished} of 8 have finished" if state == "open" else "",
        "paper_words": "1 person from paper",
        "everyone_finished": finished == 8,
        "may_open": finished == 8,
        "why_not": "" if finished == 8 else "When everyone has finished, any of you can open the board.",
        "roster_mark": "8f3a",
        "asking": (),
        "own_answered": 11 if finished > 5 else 9,
        "total": 11,
        "left": 0 if finished > 5 else 2,
        "next_address": "/r/q7w4/look-fors/5/",
        "rubric": SimpleNamespace(title=DOMAIN, goal=GOAL, instruction=INSTRUCTION),
        "who_can_see": WHO_CAN_SEE,
    }
    return SimpleNamespace(**(given | changes))


class ReminderForm(forms.Form):
    address = forms.EmailField()


class UntilForm(forms.Form):
    until_on = forms.DateField(error_messages={"invalid": "Write a day like 2027-03-15."})


UNTIL = "Friday 4 December"


def own_pace(**changes):
    """A session that is open over days, half-way through."""
    done = tuple(
        SimpleNamespace(title=title, answered=n, total=len(look_fors), is_done=n == len(look_fors))
        for (title, look_fors), n in zip(PRACTICES, (2, 3, 0), strict=False)
    )
    given = {"practices": done, "answered": 5, "next_number": 6, "may_be_reminded": True, "address": ""}
    until = f"Open until {UNTIL}. Fill it in when it suits you."
    return {"pace": SimpleNamespace(**(given | changes)), "until": until, "form": ReminderForm()}


def days(**changes):
    return SimpleNamespace(**({"day": UNTIL, "zone": "America/New York", "is_over": False} | changes))


def until_page(form=None, **changes):
    given = {"room": room(), "days": days(), "form": form or UntilForm(), "is_open_board": False}
    return SimpleNamespace(**(given | changes))


def chips(words, shows="initials"):
    """`AM` stands there, `(DP)` stood there before the talk, `MG+` came late, `TL*` is from paper."""
    for word in words.split():
        label, is_from_paper = word.strip("()+*"), word.endswith("*")
        kind = "before" if word.startswith("(") else "late" if word.endswith("+") else "now"
        if shows == "dots":
            yield SimpleNamespace(label="", seat_key=None, kind=kind, is_from_paper=False)
        else:
            yield SimpleNamespace(
                label=label, seat_key=f"seat-{label.lower()}", kind=kind, is_from_paper=is_from_paper
            )


STANDS = {
    1: ("", "TL", "AM KM JR EJ DP", "BO SV", "Close together.", "What would take us one step on?"),
    2: ("", "", "KM JR", "AM EJ DP TL BO SV", "Nearly all on one level.", "How do we know?"),
    3: ("TL*", "JR* KM", "AM EJ DP", "BO SV", "Spread over all four.", "What does each have in mind?"),
    4: ("", "TL*", "AM KM JR* EJ DP", "BO SV*", "Spread over three.", "In the middle: pretty good."),
    5: ("", "", "AM KM JR EJ DP TL BO", "", "All on one level.", "What would make it great?"),
    6: (
        "JR TL KM",
        "",
        "AM DP",
        "BO SV EJ",
        "Split: nobody in between.",
        "What does each see that the other doesn’t?",
    ),
    7: ("", "JR TL", "AM DP KM", "BO SV EJ MG+", "Spread over three.", "In the middle: pretty good."),
    8: ("", "KM TL", "JR EJ DP", "AM BO SV", "Spread over three.", "In the middle: pretty good."),
    9: ("SV", "TL JR (DP)", "EJ DP AM", "BO", "Spread over all four.", "What does each have in mind?"),
    10: (
        "",
        "",
        "",
        "AM BO DP EJ JR KM SV TL",
        "All on one level.",
        "What do we do that others could learn from?",
    ),
    11: ("", "AM BO DP EJ", "JR KM SV TL", "", "Two neighbours.", "What would tip it?"),
}
MOVED = {9: ("One moved after talking.", "One is not sure.")}
TALK_FIRST = (6, 9, 3)


def row(look_for, shows="initials", **changes):
    *boxes, headline, question = STANDS[look_for.number]
    moved, aside = MOVED.get(look_for.number, ("", ""))
    given = {
        "key": look_for.key,
        "number": look_for.number,
        "practice": look_for.practice,
        "html": look_for.html,
        "boxes": tuple(
            SimpleNamespace(level=level, chips=tuple(chips(words, shows)), words=None)
            for level, words in zip(LEVELS, boxes, strict=True)
        ),
        "headline": headline,
        "question": question,
        "moved": moved,
        "aside": aside,
        "is_talk_first": look_for.number in TALK_FIRST,
        "withheld": "",
        "detail": (
            "On average one and a half levels from the middle.",
            "Agreement A = 0.12 (van der Eijk).",
            8,
        ),
        "may_move": True,
    }
    return SimpleNamespace(**(given | changes))


def board_page(shows="initials", change_row=None, **changes):
    rows = [row(one, shows, **(change_row(one) if change_row else {})) for one in look_fors()]
    first = tuple(
        sorted((one for one in rows if one.is_talk_first), key=lambda one: TALK_FIRST.index(one.number))
    )
    given = {
        "me": me(),
        "room": room(),
        "team_name": "Riverbend hub",
        "domain_title": DOMAIN,
        "on": date(2026, 11, 22),
        "placed_words": "8 of 8 have placed their initials",
        "paper_words": "3 people from paper",
        "shows": shows,
        "talk_first": first,
        "practices": tuple(
            (title, tuple(one for one in rows if one.practice == title and not one.is_talk_first))
            for title, _ in PRACTICES
        ),
        "levels": LEVELS,
        "who_can_see": ("Everyone on this team sees this board. The room sees counts.",),
        "prompts": ("What do you do well?", "How do you know?", "What do you want to learn more about?"),
        "offer": None,
        "withheld_words": "",
    }
    return SimpleNamespace(**(given | changes))


def own_board(**changes):
    """Each sees only their own: a small team with a wish, or somebody alone."""

    def only_mine(look_for):
        *boxes, _, _ = STANDS[look_for.number]
        mine = tuple(
            SimpleNamespace(
                level=level, chips=tuple(one for one in chips(words) if one.label == "AM"), words=None
            )
            for level, words in zip(LEVELS, boxes, strict=True)
        )
        question = "What do you see here that others may not?"
        return {
            "boxes": mine,
            "headline": "",
            "question": question,
            "is_talk_first": False,
            "detail": None,
            "moved": "",
            "aside": "",
        }

    return board_page("own", only_mine, **changes)


def seat_line(label, *, has_finished=True, is_present=True, kind="own", is_late=False):
    return SimpleNamespace(
        id=f"s-{label.lower()}",
        label=label,
        has_finished=has_finished,
        is_present=is_present,
        kind=kind,
        is_late=is_late,
    )


RUBRICS = (
    SimpleNamespace(key="d1", name="Developing and Sustaining the Hub Organization", is_chosen=False),
    SimpleNamespace(key="d2", name="Developing and Managing the Network as an Organization", is_chosen=True),
)


def team_progress(is_revealed=None, rubrics=(None, None, None)):
    facts = (
        ("Riverbend hub", 8, 6, is_revealed or False),
        ("North Shore hub", 5, 5, is_revealed or False),
        ("Delta Literacy hub", 6, 2, True),
    )
    return tuple(
        SimpleNamespace(
            id=f"t{place}",
            name=name,
            domain=rubrics[place],
            size=size,
            finished=finished,
            finished_words=f"{finished} of {size} finished",
            paper_words="",
            is_ready=finished == size,
            is_revealed=is_revealed,
            may_open=not is_revealed,
            seats=tuple(seat_line(label, has_finished=at < finished) for at, label in enumerate(TEAM[:size])),
        )
        for place, (name, size, finished, is_revealed) in enumerate(facts)
    )


def lead_page(state="open", stage=None, **changes):
    asking = (
        SimpleNamespace(
            id="a1", words="KM on another phone says: that is me, in Riverbend hub.", kind="device"
        ),
        SimpleNamespace(id="a2", words="MG came late and asks North Shore hub to be let in.", kind="late"),
    )
    given = {
        "room": room(state),
        "teams": team_progress(),
        "alone": tuple(seat_line(label) for label in ("CP", "HN", "RW", "YT")),
        "asking": asking if state == "open" else (),
        "projector_address": "/r/q7w4/projector/?key=3mZ",
        "lead_link": "https://hub.example.org/r/q7w4/lead/?key=Tz4cW9",
        "take_part_address": "/r/q7w4/",
        "finished": 17,
        "here": 26,
        "finished_words": "17 of 26 have finished",
        "may_mail": True,
        "mailto": "mailto:?subject=Spring%20convening",
        "stage": stage or state,
        "run": None,
        "clock": None,
        "time": None,
        "has_come": True,
        "shows_teams": True,
        "has_projector": True,
        "leaders": ("Ada Lovelace", "Ben"),
        "days": None,
        "is_open_board": False,
    }
    return SimpleNamespace(**(given | changes))


def projector_page(state="open", stage=None, **changes):
    given = {
        "room": room(state),
        "finished": 20,
        "here": 26,
        "finished_words": "20 of 26 have finished",
        "question": "Where is your hub, at this moment in time?",
        "stage": stage or state,
        "advice": "Place your initials on your own first. You will see your team’s board together, when everyone is "
        "ready.",
        "prompts": (),
        "reads": (),
        "run": None,
        "clock": None,
        "time": None,
        "has_dots": state == "open" and stage != "talk",
    }
    return SimpleNamespace(**(given | changes))


SCRIPT = (
    ("Learn", "Say hello", 5, "turn-and-talk"),
    ("Learn", "Six domains", 12, "read"),
    ("Learn", "Know · want to learn", 6, "choice"),
    ("Reflect", "A closer look", 5, "read"),
    ("Reflect", "Place your initials", 12, "rubric"),
    ("Reflect", "Talk together", 10, "talk"),
    ("Reflect", "Name a strategy", 5, "strategies"),
    ("Share", "Turn and talk", 8, "turn-and-talk"),
    ("Share", "Let’s hear from you", 7, "hear"),
    ("Plan", "Next step", 5, "plan"),
    ("Plan", "Feedback", 3, "feedback"),
)


def run(position=4, **changes):
    steps = tuple(
        SimpleNamespace(
            key=f"step-{place}",
            kind=kind,
            movement_title=movement,
            title=title,
            question="Where is your team, at this moment in time?" if kind == "rubric" else f"{title}?",
            advice="On your own and quietly first; then you’ll see your team’s board together.",
            say="Where is your team at this moment in time? Don’t discuss yet. Nobody sees your marks until your "
            "team opens its board.",
            prompts=("What do you do well?", "How do you know?") if kind == "turn-and-talk" else (),
            minutes=minutes,
            pages=(),
        )
        for place, (movement, title, minutes, kind) in enumerate(SCRIPT)
    )
    given = {
        "name": "Hub leadership: one domain",
        "steps": steps,
        "position": position,
        "step": steps[position],
        "next_step": steps[position + 1] if position + 1 < len(steps) else None,
        "is_paused": False,
        "seconds": 720,
        "has_screen": True,
        "mark": f"{position} of {len(steps)}",
    }
    return SimpleNamespace(**(given | changes))


def time(**changes):
    given = {
        "words": "On track to end at 3:15.",
        "until": 4_102_444_800,
        "later": 2280,
        "left": 504,
        "planned": 4_102_447_080,
        "is_paused": False,
        "zone": "UTC",
        "on_track": "On track to end at {time}.",
        "late": "Ends at about {time}, {minutes} minutes later than planned.",
        "protected": ("Plan",),
        "shorter": (),
    }
    return SimpleNamespace(**(given | changes))


def step_page(position, **changes):
    its = run(position)
    given = {
        "me": me(),
        "room": room(),
        "run": its,
        "step": its.step,
        "clock": clock(is_halved=its.step.kind == "turn-and-talk"),
        "board_address": "",
        "answers_address": "",
        "has_finished": False,
    }
    return SimpleNamespace(**(given | changes))


def clock(**changes):
    given = {
        "until": 4_102_444_800,
        "half": 4_102_444_500,
        "left": 504,
        "is_paused": False,
        "words": "until 3:02",
    }
    return SimpleNamespace(**(given | changes))


def start_page():
    domains = ((DOMAIN, "Eleven look-fors in five practices, about ten minutes alone"),)
    rungs = (
        (
            "initials",
            "With their initials",
            ("Inside the team: initials in boxes, after the team opens its board.",),
        ),
        ("alias", "With an alias", ("Inside the team: an alias each has chosen.",)),
        ("anonymous", "Nobody’s name at all", ("Inside the team: counts only, and only from five people.",)),
    )
    shared = "The room and the screen at the front: counts only, never a team by name."
    return SimpleNamespace(
        form=StartForm(),
        domains=tuple(
            SimpleNamespace(key="hub-organization", title=title, words=words, is_chosen=True)
            for title, words in domains
        ),
        languages=(SimpleNamespace(key="en", name="English", is_chosen=True),),
        rungs=tuple(
            SimpleNamespace(key=key, name=name, who_can_see=(*says, shared), is_chosen=key == "initials")
            for key, name, says in rungs
        ),
        scripts=(
            SimpleNamespace(
                key="workshop",
                name="Hub leadership: one domain, 75 minutes",
                words="Look at the six domains, reflect on one, share, and plan a next step.",
                is_chosen=True,
            ),
            SimpleNamespace(key="", name="Only the rubric", words="Nothing is timed.", is_chosen=False),
        ),
        is_silent=True,
        is_open=False,
    )


TYPED = {(1, 1): "TL", (1, 2): "AM KM JR", (1, 3): "BO", (2, 2): "KM JR", (2, 3): "AM", (2, 4): "BO TL"}


def typing_page(errors=None, *, is_counted=False, **changes):
    errors = errors or {}
    labels = (*(level.short for level in LEVELS), "not sure", "doesn’t apply to us")

    def line(look_for):
        words = [TYPED.get((look_for.number, place), "") for place in range(6)]
        values = [str(len(it.split()) or "") for it in words] if is_counted else words
        return SimpleNamespace(
            number=look_for.number,
            html=look_for.html,
            boxes=tuple(
                SimpleNamespace(
                    name=f"box-{look_for.number}-{place}",
                    label=label,
                    value=value,
                    is_wrong=(look_for.number, place) in errors,
                )
                for place, (label, value) in enumerate(zip(labels, values, strict=True))
            ),
            errors=tuple(words for (number, _place), words in errors.items() if number == look_for.number),
        )

    lines = tuple((one.practice, line(one)) for one in look_fors())
    given = {
        "me": me(),
        "room": room(),
        "team_name": "Riverbend hub",
        "domain_title": DOMAIN,
        "levels": LEVELS,
        "practices": tuple(
            (title, tuple(one for practice, one in lines if practice == title))
            for title, texts in PRACTICES
            if texts
        ),
        "rung": "anonymous" if is_counted else "initials",
        "is_counted": is_counted,
        "once": "a" * 32,
        "replaces": "",
        "told": (),
        "may_type": True,
        "why_not": "",
        "late_words": "",
        "is_typed": False,
        "back": "/r/q7w4/",
    }
    return SimpleNamespace(**(given | changes))


def wrong_typing():
    """Two boxes that can't be read, as the form tells it and as the table shows it."""
    errors = {
        (1, 2): "Look-for 1: “KATHY” is more than four letters. Put a space or a comma between two people.",
        (
            2,
            3,
        ): "Look-for 2: AM stands here twice. Keep one; if they are two people, type AM2 for one of them on "
        "every line.",
    }
    fields = {f"box-{number}-{place}": forms.CharField() for number, place in errors}
    form = type("TypingForm", (forms.Form,), fields)({})
    form.full_clean()
    for (number, place), words in errors.items():
        form.errors[f"box-{number}-{place}"] = form.error_class([words])
    return {"page": typing_page(errors), "form": form}


def seat_page(**changes):
    given = {
        "me": me(),
        "room": room(),
        "teams": teams(),
        "name_word": "initials",
        "who_can_see": WHO_CAN_SEE,
    }
    return SimpleNamespace(**(given | {"form": SeatForm(initial={"initials": "AM"})} | changes))


def pass_page(**changes):
    others = tuple(SimpleNamespace(label=label, key=f"seat-{label.lower()}") for label in ("JR", "KM 2"))
    given = {
        "me": me(),
        "room": room(),
        "others": others,
        "holder": "",
        "name_word": "initials",
        "form": SeatForm(),
    }
    return SimpleNamespace(**(given | changes))


def plan_sample():
    """A plan in the middle of a session, one of its fields filled in wrongly."""

    def step(place, title, movement, minutes, **more):
        key = f"step-{place}"
        given = {"is_fixed": False, "may_go_up": True, "may_go_down": True, "may_leave": True, "mistake": ""}
        return SimpleNamespace(
            place=place,
            key=key,
            title=title,
            movement_title=movement,
            minutes=minutes,
            was=5,
            **(given | more),
        )

    wrong = "Write a number of minutes from 1 to 180."
    page = SimpleNamespace(
        room=room(),
        steps=(
            step(0, "Say hello", "Learn", "5", is_fixed=True),
            step(1, "Six domains", "Learn", "8", may_go_up=False),
            step(2, "Talk together", "Reflect", "ten", mistake=wrong),
            step(3, "What will you do next?", "Plan", "12", may_go_down=False),
        ),
        left_out=(SimpleNamespace(key="step-9", title="The backstory", minutes=1),),
        words="30 minutes in all. If you begin at 2:00 it ends at 2:30.",
        cautions=("Without the rubric nobody places initials, and there is no board to talk about.",),
        mistakes=(("step-2", wrong),),
        may_add=True,
    )
    form = PlannedOwnStepForm(initial={"kind": "break", "minutes": 10})
    return {"page": page, "form": form, "once": "0" * 32, "pressed": ("", "")}


def leaders_page():
    def leader(name, is_me=False, why_not=""):
        return SimpleNamespace(
            id=name or "k3",
            name=name,
            made_at=datetime(2026, 11, 23, 10, 5, tzinfo=UTC),
            is_me=is_me,
            is_here=bool(name),
            why_not=why_not,
        )

    others = (leader("Ben"), leader("", why_not="Nobody has opened this link yet."))
    return SimpleNamespace(
        room=room(), me=leader("Ada", is_me=True), others=others, may_invite=True, why_not=""
    )


def team_lead_page(state="open", domains=()):
    every = team_progress(rubrics=(domains[-1:] or (None,)) * 3)
    return SimpleNamespace(
        room=room(state), team=every[0], seats=every[0].seats, others=every[1:], domains=domains
    )


def pages():
    """Name → (template, context, address): every state a person can meet."""
    wrong = JoinForm({"initials": "", "other_team": "Riverbent"})
    wrong.is_valid()
    named = JoinForm({"initials": "AM", "other_team": "Riverbent hub"})
    wrong_code = CodeForm({"code": ""})
    wrong_code.is_valid()
    late = "Your team’s board was opened before your 11 answers arrived. They are kept. Add them as late?"
    asking = (SimpleNamespace(label="MG", key="seat-mg"),)
    withheld = "Too few answers to show."
    opens = f"Your board opens by itself when {UNTIL} has ended. The facilitator can open it earlier."
    no_day = UntilForm({"until_on": "tomorrow"})
    rate = "reflections/rate.html"
    board = "reflections/board.html"
    r = "/r/q7w4"
    return {
        "home": ("rooms/home.html", {"form": CodeForm()}, "/"),
        "join-code": ("rooms/join_code.html", {"form": CodeForm()}, "/join/"),
        "join-code-wrong": ("rooms/join_code.html", {"form": wrong_code}, "/join/"),
        "help": ("help.html", {}, "/help/"),
        "start": ("facilitation/start.html", {"page": start_page()}, "/start/"),
        "join": ("rooms/join.html", {"page": join_page()}, f"{r}/join/"),
        "join-wrong": ("rooms/join.html", {"page": join_page(form=wrong)}, f"{r}/join/"),
        "join-near": (
            "rooms/join.html",
            {"page": join_page(form=named, near=teams()[:1], is_other=True)},
            f"{r}/join/",
        ),
        "join-asking": (
            "rooms/join.html",
            {
                "page": join_page(
                    asking="AM in Riverbend hub: as soon as the facilitator says yes, you are in."
                )
            },
            f"{r}/join/",
        ),
        "join-locked": (
            "rooms/join.html",
            {
                "page": join_page(
                    refusal="This room is locked. Ask the facilitator to unlock it, then try again."
                )
            },
            f"{r}/join/",
        ),
        "lobby": ("rooms/lobby.html", {"page": team_page(0, "lobby", why_not="")}, f"{r}/lobby/"),
        "seat": ("rooms/seat.html", {"page": seat_page()}, f"{r}/seat/"),
        "pass": ("rooms/pass.html", {"page": pass_page()}, f"{r}/pass/"),
        "pass-cover": ("rooms/pass.html", {"page": pass_page(holder="JR")}, f"{r}/pass/"),
        "rate-first": (rate, {"page": rate_page(1)}, f"{r}/look-fors/1/"),
        "rate": (rate, {"page": rate_page(6, ANSWERS.items())}, f"{r}/look-fors/6/"),
        "rate-not-sure": (
            rate,
            {"page": rate_page(5, ANSWERS.items(), has_wished=True)},
            f"{r}/look-fors/5/",
        ),
        "rate-last": (rate, {"page": rate_page(11, ANSWERS.items())}, f"{r}/look-fors/11/"),
        "rate-move": (
            rate,
            {
                "page": rate_page(
                    6,
                    ANSWERS.items(),
                    after_reveal=True,
                    may_wish=False,
                    done_address=f"{r}/board/",
                    next_address=None,
                )
            },
            f"{r}/look-fors/6/",
        ),
        "rate-all": (rate, {"page": rate_page(None, ANSWERS.items())}, f"{r}/look-fors/"),
        "prompts": (
            "reflections/prompts.html",
            {"page": rate_page(prompts_only=True, me=me(kind="interpreting"))},
            f"{r}/look-fors/",
        ),
        "team": ("reflections/team.html", {"page": team_page(6)}, f"{r}/team/"),
        "team-left": ("reflections/team.html", {"page": team_page(5)}, f"{r}/team/"),
        "team-ready": ("reflections/team.html", {"page": team_page(8)}, f"{r}/team/"),
        "team-pace": (
            "reflections/team.html",
            {"page": team_page(3, own_answered=5, left=6, why_not=opens), **own_pace()},
            f"{r}/team/",
        ),
        "team-pace-done": (
            "reflections/team.html",
            {"page": team_page(6, why_not=opens), **own_pace(address="am@example.org", answered=11)},
            f"{r}/team/",
        ),
        "no-more-mails": ("reflections/no_more_mails.html", {"is_done": False}, "/no-more-mails/k/"),
        "no-more-mails-done": ("reflections/no_more_mails.html", {"is_done": True}, "/no-more-mails/k/"),
        "team-asking": ("reflections/team.html", {"page": team_page(8, asking=asking)}, f"{r}/team/"),
        "board": (board, {"page": board_page()}, f"{r}/board/"),
        "board-dots": (board, {"page": board_page("dots")}, f"{r}/board/"),
        "board-own": (board, {"page": own_board()}, f"{r}/board/"),
        "board-pair": (
            board,
            {
                "page": board_page(
                    change_row=lambda one: {
                        "headline": "",
                        "question": "",
                        "detail": None,
                        "moved": "",
                        "aside": "",
                        "is_talk_first": False,
                    }
                )
            },
            f"{r}/board/",
        ),
        "board-alone": (
            board,
            {
                "page": own_board(
                    team_name="",
                    me=me(team_name=None, is_alone=True),
                    who_can_see=("Nobody else sees this page.",),
                    placed_words="",
                )
            },
            f"{r}/board/",
        ),
        "board-withheld": (
            board,
            {
                "page": board_page(
                    change_row=lambda one: {
                        "withheld": withheld,
                        "headline": "",
                        "question": "",
                        "detail": None,
                    },
                    withheld_words="Fewer than five answers to a look-for are too few to show without showing "
                    "whose they are.",
                )
            },
            f"{r}/board/",
        ),
        "board-late": (board, {"page": board_page(me=me(is_late=True)), "offer": late}, f"{r}/board/"),
        "late": ("reflections/late.html", {"page": board_page(me=me(is_late=True))}, f"{r}/late/"),
        "lobby-asking": ("rooms/lobby.html", {"page": team_page(8, me=me(is_waiting=True))}, f"{r}/lobby/"),
        "rate-closed": (
            rate,
            {
                "page": rate_page(
                    6, ANSWERS.items(), room=room("closed"), may_answer=False, why_not="The room is closed."
                )
            },
            f"{r}/look-fors/6/",
        ),
        "lead-lobby": (
            "facilitation/lead.html",
            {"page": lead_page("lobby", teams=(), alone=())},
            f"{r}/lead/",
        ),
        "lead-rubrics": (
            "facilitation/lead.html",
            {
                "page": lead_page(
                    "lobby",
                    teams=team_progress(is_revealed=False, rubrics=(RUBRICS[1], *RUBRICS)),
                    has_come=False,
                    asking=(),
                )
            },
            f"{r}/lead/",
        ),
        "lead": ("facilitation/lead.html", {"page": lead_page()}, f"{r}/lead/"),
        "lead-days": (
            "facilitation/lead.html",
            {"page": lead_page(days=days(), asking=())},
            f"{r}/lead/",
        ),
        "lead-days-over": (
            "facilitation/lead.html",
            {"page": lead_page(days=days(is_over=True), asking=())},
            f"{r}/lead/",
        ),
        "lead-until": ("facilitation/until.html", {"page": until_page()}, f"{r}/lead/until/"),
        "lead-until-wrong": (
            "facilitation/until.html",
            {"page": until_page(no_day, days=None)},
            f"{r}/lead/until/",
        ),
        "lead-talk": (
            "facilitation/lead.html",
            {"page": lead_page(stage="talk", teams=team_progress(is_revealed=True), asking=())},
            f"{r}/lead/",
        ),
        "lead-closed": ("facilitation/lead.html", {"page": lead_page("closed")}, f"{r}/lead/"),
        "lead-script": (
            "facilitation/lead.html",
            {"page": lead_page(run=run(), clock=clock(), time=time(), asking=())},
            f"{r}/lead/",
        ),
        "lead-script-late": (
            "facilitation/lead.html",
            {
                "page": lead_page(
                    run=run(7),
                    clock=clock(is_paused=True, words="+ 1:20"),
                    time=time(
                        words="Ends at about 3:21, 6 minutes later than planned.",
                        shorter=(
                            SimpleNamespace(position=8, title="Let’s hear from you", minutes=3, seconds=420),
                        ),
                    ),
                    shows_teams=False,
                    asking=(),
                )
            },
            f"{r}/lead/",
        ),
        "step-talk": (
            "facilitation/steps/turn-and-talk.html",
            {"page": step_page(0, partners=("BO",))},
            f"{r}/step/",
        ),
        "step": (
            "facilitation/steps/step.html",
            {"page": step_page(8, board_address=f"{r}/board/", answers_address=f"{r}/look-fors/")},
            f"{r}/step/",
        ),
        "lead-plan": ("facilitation/plan.html", plan_sample(), f"{r}/lead/plan/"),
        "lead-rehearsal": (
            "facilitation/lead.html",
            {
                "page": lead_page(
                    room=room(is_rehearsal=True), run=run(), clock=clock(), time=time(), asking=()
                )
            },
            f"{r}/lead/",
        ),
        "lead-facilitators": (
            "facilitation/leaders.html",
            {"page": leaders_page(), "form": FacilitatorForm(initial={"name": "Ada"}), "once": "0" * 32},
            f"{r}/lead/facilitators/",
        ),
        "lead-invited": (
            "facilitation/invited.html",
            {
                "page": SimpleNamespace(
                    room=room(), link="https://hub.example.org/r/q7w4/lead/?key=5tF", qr=room().qr
                )
            },
            f"{r}/lead/facilitators/",
        ),
        "lead-who": (
            "facilitation/who.html",
            {"page": room(), "form": FacilitatorForm()},
            f"{r}/lead/facilitators/name/",
        ),
        "lead-handed-over": (
            "facilitation/handed_over.html",
            {"page": room(), "name": "Ben"},
            f"{r}/lead/facilitators/k1/handover/",
        ),
        "type-in": ("reflections/type_in.html", {"page": typing_page()}, f"{r}/team/paper/"),
        "type-in-wrong": ("reflections/type_in.html", wrong_typing(), f"{r}/team/paper/"),
        "type-in-counts": (
            "facilitation/type_in.html",
            {
                "page": typing_page(
                    is_counted=True,
                    me=None,
                    replaces="b" * 32,
                    told=("11/22/2026 2:10 p.m.: 6 people typed in from paper, by the facilitator.",),
                    is_typed=True,
                    back=f"{r}/lead/teams/t0/",
                )
            },
            f"{r}/lead/teams/t0/paper/",
        ),
        "lead-team": ("facilitation/team.html", {"page": team_lead_page()}, f"{r}/lead/teams/t0/"),
        "lead-team-rubric": (
            "facilitation/team.html",
            {"page": team_lead_page("lobby", RUBRICS)},
            f"{r}/lead/teams/t0/",
        ),
        "projector-lobby": (
            "facilitation/projector.html",
            {
                "page": projector_page(
                    "lobby",
                    finished_words="26 here",
                    advice="Point your camera at the code, write your initials and find your team.",
                )
            },
            f"{r}/projector/",
        ),
        "projector": ("facilitation/projector.html", {"page": projector_page()}, f"{r}/projector/"),
        "projector-script": (
            "facilitation/projector.html",
            {
                "page": projector_page(
                    run=run(7),
                    clock=clock(is_halved=True),
                    time=time(),
                    question="Share your reflection",
                    advice="With someone from another team, if you can.",
                    prompts=("What do you do well in this domain?", "How do you know?"),
                    finished_words="",
                    has_dots=False,
                )
            },
            f"{r}/projector/",
        ),
        "projector-talk": (
            "facilitation/projector.html",
            {
                "page": projector_page(
                    stage="talk",
                    question="What does each of you see that the others don’t?",
                    advice="Start with the rows marked “Talk first”.",
                    finished_words="",
                )
            },
            f"{r}/projector/",
        ),
        "projector-closed": (
            "facilitation/projector.html",
            {
                "page": projector_page(
                    "closed",
                    question="What will you do next?",
                    advice="This room is closed. Your board stays on your phone.",
                    finished_words="",
                )
            },
            f"{r}/projector/",
        ),
        "404": ("404.html", {}, "/nowhere/"),
        "403": (
            "403.html",
            {"sentence": "Only your facilitator can open another team’s board."},
            "/nowhere/",
        ),
        "409": ("409.html", {}, "/nowhere/"),
        "429": ("429.html", {}, "/join/"),
        "500": ("500.html", {}, "/nowhere/"),
        "503": ("503.html", {}, "/join/"),
    }


COUNTS = (
    ((0, 2, 3, 0), "within-one-level", "Within one level"),
    ((2, 0, 0, 3), "ends-apart", "Ends apart"),
    ((1, 1, 2, 1), "spread-over-all-four", "Spread over all four"),
    (None, "", "Too few answers to show. Talk about it instead."),
    ((0, 3, 0, 2), "split", "Split: nobody in between"),
    ((0, 0, 5, 0), "all-on-one-level", "All on one level"),
    ((0, 1, 3, 1), "spread-over-three", "Spread over three"),
    ((0, 0, 2, 0), "", "Fewer than three ratings"),
    ((1, 4, 6, 9), "spread-over-all-four", "Spread over all four"),
    (None, "", "Nearly everyone on one answer: We’re great at this"),
    ((0, 0, 2, 4), "within-one-level", "Within one level"),
)


def agreement_chart():
    """A chart with every sign that stands on one."""
    return AgreementChart(
        key="agreement",
        title="How far you agree",
        reading="You are close on 3 of 8 look-fors: all on one level, or on two neighbouring ones. On 2 there are two "
        "camps, with nobody in between.",
        credit="",
        levels=tuple(LevelName(it.label, it.short, it.fill) for it in LEVELS),
        rows=tuple(
            AgreementRow(it.number, it.text, *told) for it, told in zip(look_fors(), COUNTS, strict=True)
        ),
        words=AgreementWords("No.", "Look-for", "How we stand", "Van der Eijk’s A"),
    )


def change_chart():
    """What changed, with all that a time can be."""
    times = (
        (Time(2, 3, 2.5, "between"), Time(2, 4, 3, "good"), "up", "up"),
        (Time(words="not told"), Time(3, 3, 3, "good"), "", ""),
        (Time(3, 4, 4, "great"), Time(1, 3, 2, "better"), "down", "down"),
        (Time(1, 2, 2, "better"), Time(2, 2, 2, "better"), "same", "where it was"),
    )
    return ChangeChart(
        key="change",
        title="What changed between your reflections",
        reading="Since the time before: 1 look-for up, 1 down, 1 where it was.",
        credit="",
        levels=tuple(LevelName(it.label, it.short, it.fill) for it in LEVELS),
        days=("3 Mar 2026", "27 Nov 2026"),
        number_head="No.",
        about_head="Look-for",
        changed_head="Since the time before",
        rows=tuple(
            ChangeRow(it.number, it.text, (then, now), direction, words)
            for it, (then, now, direction, words) in zip(look_fors(), times, strict=False)
        ),
    )


def counts_chart():
    """What a room chose: one question in numbers, of the other only what most chose."""
    names = ("Integrating Equity", "Supporting Improvement Activity", "Managing Environmental Relationships")
    told = ((7, "not told"), (0, "most of the room"), (3, "not told"))
    return CountsChart(
        key="picture",
        title="What the room knows, and would like to learn",
        reading="Most know a lot about Integrating Equity.",
        credit="",
        about_head="Domain",
        kinds=(Kind("know a lot about it"), Kind("would like to learn more", is_filled=False)),
        rows=tuple(
            CountsRow(name, (Told(know, str(know)), Told(5, "5") if know else Told(None, learn)))
            for name, (know, learn) in zip(names, told, strict=True)
        ),
        of=7,
    )


def shares_chart():
    """How a room stood, with a look-for that can't be told."""
    parts = (
        (Part(5, "5% or less", True), Part(20, "20%", False), Part(55, "55%", False), Part(20, "20%", False)),
        (),
        (
            Part(5, "5% or less", True),
            Part(5, "5% or less", True),
            Part(5, "5% or less", True),
            Part(95, "95% or more", True),
        ),
    )
    return SharesChart(
        key="room",
        title="Where the room stands high and low",
        reading="Most often in the upper two levels: “Determine hub team roles and responsibilities.”",
        credit="",
        levels=tuple(LevelName(it.label, it.short, it.fill) for it in LEVELS),
        number_head="No.",
        about_head="Look-for",
        others=(),
        told_head="In words",
        rows=tuple(
            SharesRow(
                it.number,
                it.text,
                own,
                "" if own else "This can’t be shown: one could work out what one team answered.",
            )
            for it, own in zip(look_fors(), parts, strict=False)
        ),
    )


def look():
    """One of each thing that a component shows."""
    board = board_page()
    return SimpleNamespace(
        room=room(),
        levels=LEVELS,
        chips=tuple(chips("AM BO (DP) MG+")) + tuple(chips("x (y)", "dots")),
        row=board.talk_first[0],
        rate=rate_page(6, ANSWERS.items()),
        who_can_see=WHO_CAN_SEE,
        clock=clock(),
        clock_paused=clock(is_paused=True, words="8:24"),
        time=time(),
        run=run(),
        charts=(agreement_chart(), change_chart(), counts_chart(), shares_chart()),
        picture_counts=(
            SimpleNamespace(people=7, dots=range(7), is_most=False, per_cent=27),
            SimpleNamespace(people=0, dots=range(0), is_most=False, per_cent=0),
            SimpleNamespace(people=None, dots=range(0), is_most=True, per_cent=0),
        ),
        form=CodeForm({"code": ""}),
        join=JoinForm({"initials": ""}),
    )
