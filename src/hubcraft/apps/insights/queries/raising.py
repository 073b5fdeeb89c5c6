"""What hubs raised to their network, for those who read it there; and what of a step may leave its hub that way."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.queries import LookForView
from hubcraft.apps.improvement.models import NextStep, Raising
from hubcraft.apps.improvement.queries import NextStepView, RaisedView, raised_of, raised_view
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.models import SeatClaim
from hubcraft.apps.insights.queries.above import find_network
from hubcraft.apps.insights.queries.hubs import HubView, hub_view, step_view
from hubcraft.apps.insights.queries.joining import why_not_shown
from hubcraft.apps.insights.queries.sharing import people_of_board
from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import Reflection
from hubcraft.apps.reflections.queries.domains import rubric_with
from hubcraft.apps.roles.queries.leading import leads_network
from hubcraft.domain.verdict import NotThere, Verdict, allow, refuse


@dataclass(frozen=True)
class RaisePage:
    """The page on which a hub raises a step, reads the answer, or takes it back."""

    hub: HubView
    network_name: str
    next_step: NextStepView
    raised: RaisedView | None
    # What would be read of the step, to the letter; and why none of its words, where that is so.
    words: str
    why_not_words: str
    why_not: str
    is_led: bool
    who_can_see: tuple[str, ...]


@dataclass(frozen=True)
class Above:
    """What a hub raised, as its network reads it; of the step itself no more than whether it is open still."""

    raised: RaisedView
    address: str
    hub_name: str
    words: str
    language: str
    look_for: LookForView | None
    state: str
    mark: str
    answer: str
    may_answer: bool


@dataclass(frozen=True)
class AbovePage:
    """One of them, on a page of its own."""

    network_name: str
    network_address: str
    it: Above


def is_author(viewer: Viewer, step: NextStep) -> bool:
    """Whether somebody said that the seat was theirs in which this was promised."""
    mine = SeatClaim.objects.filter(person=viewer.person, seat=step.seat_id)
    return bool(viewer.person and step.seat_id) and mine.exists()


def may_raise(viewer: Viewer, hub: Team, step: NextStep) -> Verdict:
    """Whether this person may raise it."""
    return policy.can_raise(viewer, hub.id, step, is_author=is_author(viewer, step))


def came_from(step: NextStep) -> Iterable[NextStep]:
    """A step, and what it was carried on from, back to the first."""
    yield step
    if step.carried_from is not None:
        yield from came_from(step.carried_from)


def may_words_leave(viewer: Viewer, step: NextStep) -> Verdict:
    """Whether its words may be read above: what a hub promised by itself; what one person promised, where they say so;
    what a team promised, where at least five people may have written it. All along the way that it was carried on."""
    for it in came_from(step):
        if it.is_carried and it.carried_from is None:
            return refuse(_("Where this step came from is gone, so its words stay with you."))
        if it.is_of_hub or is_author(viewer, it):
            continue
        if not it.is_shared:
            return refuse(_("One person wrote this for themselves, so its words stay with you."))
        verdict = policy.has_words_to_hide_in(people_there(it))
        if not verdict.is_allowed:
            return verdict
    return allow()


def people_there(step: NextStep) -> int:
    """How many may have written it, as far as a board says so."""
    boards = Reflection.objects.filter(team=step.team_id, session=step.session_id, removed_at=None)
    shown = [it for it in boards.select_related("session", "team") if not why_not_shown(it)]
    return max(map(people_of_board, shown), default=0) if step.session_id else 0


def is_of_one(viewer: Viewer, step: NextStep) -> bool:
    """Whether its words are this person's own, in part at least."""
    return any(is_author(viewer, it) for it in came_from(step))


def raise_page(viewer: Viewer, hub: Team, step: NextStep) -> RaisePage:
    """The page of one step."""
    raised, words = raised_of(step), may_words_leave(viewer, step)
    return RaisePage(
        hub=hub_view(hub),
        network_name=hub.network.name,
        next_step=step_view(step),
        raised=raised_view(raised),
        words=step.words if words.is_allowed else "",
        why_not_words=words.sentence,
        why_not=may_raise(viewer, hub, step).sentence,
        is_led=bool(leads_network(hub)),
        who_can_see=who_can_see(hub, with_words=words.is_allowed),
    )


def who_can_see(hub: Team, *, with_words: bool) -> tuple[str, ...]:
    """Who reads what is raised, in words for whoever is about to do it."""
    what = (
        _(
            "What you write here, the words of the step and its look-for are read by whoever leads {network}, its"
            " coaches and the coaches of your hub."
        )
        if with_words
        else _(
            "What you write here and the step’s look-for are read by whoever leads {network}, its coaches and the"
            " coaches of your hub; the words of the step are not."
        )
    )
    return (
        what.format(network=hub.network.name),
        _(
            "They read the name of your hub: not yours, not who sees to the step, nor by when. Later they read whether it"
            " is done or dropped, never what happened."
        ),
        _("The people of your hub read it too, and your team where it meets, with what is answered."),
    )


def raised_to(network: Network):
    """What hubs of a network raised to it and have not taken back; what was promised there stands still."""
    found = Raising.objects.filter(network=network, ended_at=None, step__removed_at=None)
    found = found.filter(team__removed_at=None, team__network=F("network"))
    found = found.exclude(step__seat__removed_at__isnull=False)
    return found.select_related("step__session", "team", "network").order_by("made_at", "id")


def is_asked(raising: Raising) -> bool:
    """Whether it waits for an answer."""
    return raising.answered_at is None and raising.step.is_open


def list_raised(viewer: Viewer, network: Network, hub_id: str = "") -> tuple[Above, ...]:
    """All of them that this person reads, those first that wait for an answer; what was settled unanswered is over."""
    found = [it for it in raised_to(network) if not hub_id or it.team_id == hub_id]
    found = [it for it in found if is_asked(it) or it.answered_at is not None]
    seen = [it for it in found if policy.can_see_raised(viewer, network.id, it.team_id).is_allowed]
    return tuple(
        above(viewer, it) for it in sorted(seen, key=lambda it: (not is_asked(it), it.made_at, it.id))
    )


def get_raised(viewer: Viewer, network_id: str, raising_id: str) -> Raising:
    """One of them. Raises NotThere."""
    there = Raising.objects.filter(network=network_id, id=raising_id).first()
    if there is None:
        raise NotThere
    network = find_network(network_id, policy.can_see_raised(viewer, network_id, there.team_id))
    found = next((it for it in raised_to(network).filter(id=raising_id)), None)
    if found is None or not (is_asked(found) or found.answered_at is not None):
        raise NotThere
    return found


def above(viewer: Viewer, raising: Raising) -> Above:
    """One as it is read above."""
    step = raising.step
    return Above(
        raised=raised_view(raising),
        address=f"/n/{raising.network_id}/raised/{raising.id}/",
        hub_name=raising.team.name,
        words=raising.words,
        language=raising.language,
        look_for=look_for_of(raising),
        state=step.state,
        mark=raising.mark,
        answer=raising.answer,
        may_answer=policy.can_answer(viewer, raising.network_id).is_allowed and step.is_open,
    )


def look_for_of(raising: Raising) -> LookForView | None:
    """The look-for as it was rated, in the reader's language."""
    session = raising.step.session
    if session is None or not raising.look_for:
        return None
    rubric = rubric_with(session, raising.look_for, get_language() or raising.language)
    return next((it for it in (rubric.look_fors if rubric else ()) if it.key == raising.look_for), None)


def above_page(viewer: Viewer, raising: Raising) -> AbovePage:
    """Its page."""
    sees_all = policy.can_see_network(viewer, raising.network_id).is_allowed
    base = f"/n/{raising.network_id}/"
    return AbovePage(
        network_name=raising.network.name,
        network_address=base if sees_all else f"{base}hubs/{raising.team_id}/",
        it=above(viewer, raising),
    )
