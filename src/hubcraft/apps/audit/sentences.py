"""The sentences of the trail, which is written in one language, in the language of whoever reads it.

A new act needs its sentence here; `tests/house/test_trail.py` finds it missing.
"""

import re
from functools import cache

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WHO = (
    _("the house"),
    _("the team"),
    _("the facilitator"),
    _("a facilitator"),
    _("a device"),
    _("somebody"),
    _("{name}, facilitator"),
)
DID = (
    # People and what they are.
    _("made an account"),
    _("changed their account"),
    _("signed out everywhere"),
    _("signed {who} out everywhere"),
    _("signed a device out"),
    _("became the administrator"),
    _("made {who} an administrator"),
    _("made {who} an administrator no longer"),
    _("added a passkey"),
    _("removed a passkey"),
    _("set up an app for codes"),
    _("removed their app for codes"),
    _("made new recovery codes"),
    _("took {who}’s second step away"),
    _("made a token"),
    _("revoked a token"),
    _("invited {who} as {role} of {place}"),
    _("took back the invitation of {who} to {place}"),
    _("became {role} of {place}, invited by {who}"),
    _("handed {place} over to {who}"),
    _("asked {who} to take {place} over"),
    _("took {place} over from {who}"),
    _("gave {who} the role of {role} in {place}"),
    _("took the role of {role} in {place} from {who}"),
    _("took a copy of what is kept about them"),
    _("turned the weekly letter on"),
    _("turned the weekly letter off"),
    _("turned the weekly letter off from a letter"),
    _("made a link to their calendar"),
    _("made the link to their calendar anew"),
    _("ended the link to their calendar"),
    _("erased their account"),
    _("erased {who} again"),
    _("erased {who}"),
    # Places.
    _("made the initiative {place}"),
    _("renamed the initiative {before} to {place}"),
    _("made the network {place}"),
    _("renamed the network {before} to {place}"),
    _("moved the network {place} to the time zone {zone}"),
    _("put the network {place} into no initiative"),
    _("put the network {place} into {above}"),
    _("made the team {place}"),
    _("made the team {place} the hub"),
    _("renamed the team {before} to {place}"),
    _("moved the team {place} from {before} to {above}"),
    _("installed a pack"),
    _("took a framework over"),
    _("changed their own framework"),
    _("undid a change of their own framework"),
    _("made a version of their own framework"),
    _("put their own framework away"),
    # What a hub keeps and shares.
    _("took their seat along"),
    _("kept a team’s board for their hub"),
    _("asked to make {place} one with another hub"),
    _("asked no longer to make {place} one with another hub"),
    _("did not want to make {place} one with another hub"),
    _("made {before} and {place} one hub"),
    _("shared something upward"),
    _("took back what was shared"),
    _("said what the network asks for"),
    _("said where the network stands"),
    _("said that evidence is in place"),
    _("said that evidence is in place no longer"),
    _("wrote the charter"),
    _("looked at the charter again"),
    _("wrote a meeting routine"),
    _("changed a meeting routine"),
    _("changed the roster"),
    _("wrote down a problem"),
    _("changed a problem"),
    _("closed a problem"),
    _("made a routine of a problem"),
    _("said what came of a problem"),
    _("took away something the hub keeps"),
    _("put back something the hub keeps"),
    _("wrote a strategy card"),
    _("changed a strategy card"),
    _("opened a strategy card"),
    _("closed a strategy card"),
    _("looked at a strategy card again"),
    _("retired a strategy card"),
    _("brought a strategy card back"),
    _("proposed whom to ask about a strategy card"),
    _("agreed to be asked about a strategy card"),
    _("said that nobody is asked about a strategy card"),
    _("took away something of the playbook"),
    _("put back something of the playbook"),
    _("began to try a strategy card"),
    _("told what came of a strategy card"),
    # A room.
    _("started a room"),
    _("started a room through a token"),
    _("locked the room"),
    _("unlocked the room"),
    _("planned the size"),
    _("let everyone begin"),
    _("closed the room"),
    _("closed an idle room"),
    _("mailed the link to themselves"),
    _("added a team"),
    _("renamed a team"),
    _("merged two teams"),
    _("went over to another team"),
    _("chose a team's rubric"),
    _("joined"),
    _("let someone in"),
    _("asked for a seat"),
    _("gave a seat to another device"),
    _("refused a device"),
    _("changed their seat"),
    _("chose a language"),
    _("removed a seat"),
    _("merged two seats"),
    _("took the name"),
    _("leads from now on"),
    _("made a facilitator's link"),
    _("handed over"),
    _("took a facilitator's key away"),
    # What the room does.
    _("went to a step"),
    _("changed the plan"),
    _("put a step in"),
    _("gave a step more time"),
    _("shortened a step"),
    _("paused the clock"),
    _("let the clock go on"),
    _("went on without a projector"),
    _("uses a projector again"),
    _("left the session open until a day"),
    _("ended a session's day"),
    _("brought everybody together"),
    _("opened a board"),
    _("typed in from paper"),
    _("counted the room"),
    _("wrote down what was said"),
    _("changed what was written"),
    _("took away what was written"),
    _("put on the screen what was said"),
    _("took from the screen what was said"),
    _("named a strategy"),
    _("changed a strategy"),
    _("took a strategy back"),
    _("promised a next step"),
    _("promised a next step through a token"),
    _("changed a next step"),
    _("took a next step back"),
    _("told what became of a next step"),
    _("raised a next step to the network"),
    _("took back what was raised to the network"),
    _("answered what a hub raised"),
    # What goes again.
    _("kept to the rules of retention"),
    _("deleted what was removed"),
    _("deleted what was taken back"),
)


# A role that is called otherwise than it is written.
CALLED = {"member": "team member"}


def said(did: str) -> str:
    """What was done, for the reader; as it was written where there is no sentence for it."""
    return translated(did, "did")


def called(who: str) -> str:
    """Who did it, likewise; names stay as they are."""
    return translated(who, "who")


def translated(text: str, kind: str) -> str:
    for pattern, sentence in patterns(kind):
        found = pattern.fullmatch(text)
        if found:
            blanks = found.groupdict()
            role = blanks.get("role")
            if role:
                blanks["role"] = gettext(CALLED.get(role, role))
            return str(sentence).format(**blanks)
    return text


@cache
def patterns(kind: str) -> tuple[tuple[re.Pattern, str], ...]:
    """Each sentence, with what finds it in the trail."""
    with translation.override(None):
        told = [(str(it), it) for it in (DID if kind == "did" else WHO)]
    return tuple(
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(text))), it) for text, it in told
    )
