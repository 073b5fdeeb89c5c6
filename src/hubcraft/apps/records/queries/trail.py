"""The trail in words: who did what and who looked, newest first; of the whole installation, or of one hub."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubcraft.apps.audit import queries as audit
from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.audit.sentences import called, said
from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights.models import Look, Release
from hubcraft.apps.insights.queries.claims import teams_of_hub
from hubcraft.apps.insights.queries.hubs import HubView, hub_view
from hubcraft.apps.insights.queries.sharing import looks_of, shareables
from hubcraft.apps.insights.queries.sight import ALL, Sight, sight_of
from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people.models import Person
from hubcraft.apps.records import policy
from hubcraft.apps.roles.models import Invitation
from hubcraft.apps.roles.policy import roles_to_give
from hubcraft.apps.roles.queries.places import insist_on_administrator, place_of
from hubcraft.domain.verdict import insist

PER_PAGE, MOST_PAGES, MOST_PEOPLE = 50, 200, 50
LOOKED = "looked"
KINDS = (
    ("", gettext_lazy("Everything")),
    (LOOKED, gettext_lazy("Who looked")),
    ("sharing", gettext_lazy("What was shared")),
    ("places", gettext_lazy("Places and roles")),
    ("accounts", gettext_lazy("Accounts")),
    ("rooms", gettext_lazy("Rooms")),
    ("house", gettext_lazy("What the house did by itself")),
)
OF_A_HUB = ("", LOOKED, "sharing", "places", "rooms")


@dataclass(frozen=True)
class Asked:
    """What somebody wants to read: about what, about whom, of which hub, and how far back."""

    about: str = ""
    person: str = ""
    hub: str = ""
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        return bool(self.about or self.person or self.hub)

    def address(self, page: int) -> str:
        told = {"about": self.about, "person": self.person, "hub": self.hub, "page": page if page > 1 else ""}
        return f"?{urlencode({name: it for name, it in told.items() if it})}"


@dataclass(frozen=True)
class Line:
    """One line as it is read. Of a look only its day is kept."""

    on: date
    moment: datetime | None
    who: str
    did: str
    place: str
    # How often in one minute: a room of forty joins in forty lines that read alike.
    times: int = 1


@dataclass(frozen=True)
class Choice:
    """One answer that a filter takes."""

    key: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, and the ways to the next."""

    asked: Asked
    lines: tuple[Line, ...]
    kinds: tuple[Choice, ...]
    hubs: tuple[Choice, ...]
    newer: str
    older: str
    zone: str
    # Whose trail it is, where it is one hub's.
    hub: HubView | None = None


def whole_trail(viewer: Viewer, asked: Asked) -> TrailPage:
    """Everything, for the administrator: who and what, never what was said, nor who sat where."""
    insist_on_administrator(viewer)
    hubs = list(
        Team.everywhere.filter(removed_at=None, network__is_provisional=False)
        .select_related("network")
        .order_by("network__name", "-is_hub", "name", "id")
    )
    chosen = next((it for it in hubs if it.id == asked.hub), None)
    people = find_people(asked.person, Q(name__icontains=asked.person) | Q(email__icontains=asked.person))
    entries = audit.lines(about=asked.about, people=people)
    looks = Look.everywhere.all()
    if chosen is not None:
        entries, looks = entries.filter(of_hub(chosen)), looks.filter(team=chosen)
    page = read(
        asked,
        entries,
        looks,
        people,
        lambda it: _("looked at what {hub} shares").format(hub=it.team.name),
        called_by=address_or_name,
    )
    return TrailPage(
        **page,
        kinds=kinds_of(asked, [key for key, _words in KINDS]),
        hubs=tuple(Choice(it.id, worded(it), it is chosen) for it in hubs),
        zone="UTC",
    )


def hub_trail(viewer: Viewer, hub: Team, asked: Asked) -> TrailPage:
    """What was done to one hub and what is its own, and who looked at what it shares; for its leader."""
    insist(policy.can_read_trail(viewer, hub.id))
    # By name alone: an address that finds somebody would say whose it is.
    people = find_people(asked.person, Q(name__icontains=asked.person))
    sight = sight_of(viewer, hub)
    titles = {it.source: it.words or it.title for it in shareables(viewer, hub)}
    entries = audit.lines(about=asked.about, people=people).filter(of_hub(hub, sight, titles))

    def looked(look: Look) -> str:
        title = titles.get(look.release.source, "")
        return _("looked at “{thing}”").format(thing=title) if title else _("looked at something you shared")

    zone, mine = hub.network.time_zone, roles_to_give(viewer, place_of(hub))
    looks = looks_of(hub, sight, titles)

    def called_by(it: Person | Invitation) -> str:
        # Whom they invite, or could, they know by address; who is invited to the network is not theirs to know.
        is_ours = isinstance(it, Invitation) and it.team_id == hub.id
        is_theirs = is_ours and (it.role in mine or it.made_by_id == viewer.person)
        return it.email if is_theirs else name_alone(it)

    page = read(asked, entries, looks, people, looked, zone=zone, called_by=called_by, has_places=False)
    return TrailPage(**page, kinds=kinds_of(asked, OF_A_HUB), hubs=(), zone=zone, hub=hub_view(hub))


def find_people(words: str, named: Q) -> list[str] | None:
    """Whom a part of a name means; None where nobody in particular is asked for."""
    if not words:
        return None
    return list(Person.objects.filter(named, removed_at=None).values_list("id", flat=True)[:MOST_PEOPLE])


def of_hub(hub: Team, sight: Sight = ALL, mine: Collection[str] = ()) -> Q:
    """Lines about a hub: itself and its network, teams of rooms that were kept for it, what it shares and promised.

    Where it was once two, what is said of before is read by those who were there: `mine` is what they see in full.
    """
    teams = [it for it in teams_of_hub(hub) if it not in sight.others and it != hub.id]
    releases = Release.objects.filter(team__in=[hub.id, *sight.parts])
    if sight.became_one is not None:
        releases = releases.filter(Q(source__in=list(mine)) | Q(made_at__gt=sight.became_one))
    things = [f"network {hub.network_id}", *(f"team {it}" for it in (*teams, *sight.parts))]
    things += [f"release {it}" for it in releases.values_list("id", flat=True)]
    for steps in (NextStep.objects.filter(team__in=[*teams, *sight.parts]), own_steps(hub, sight)):
        things += [f"next step {it}" for it in steps.values_list("id", flat=True)]
    itself = Q(thing=f"team {hub.id}")
    return Q(thing__in=things) | (itself if sight.since is None else itself & Q(at__gte=sight.since))


def own_steps(hub: Team, sight: Sight):
    """What a hub promised outside of any session, as far back as this is theirs to read."""
    steps = NextStep.objects.filter(team=hub.id)
    return steps if sight.since is None else steps.filter(made_at__gt=sight.since)


def address_or_name(it: Person | Invitation) -> str:
    """As whoever may read all addresses tells people apart."""
    if isinstance(it, Invitation):
        return it.email
    return it.name or it.email or str(it)


def name_alone(it: Person | Invitation) -> str:
    """As everybody else reads them."""
    return str(it) if isinstance(it, Person) else it.name or _("somebody without a name")


def read(
    asked: Asked,
    entries,
    looks,
    people,
    looked: Callable[[Look], str],
    *,
    zone: str = "UTC",
    called_by: Callable[[Person | Invitation], str] = name_alone,
    has_places: bool = True,
) -> dict[str, object]:
    """One page out of what was done and who looked, put together."""
    if people is not None:
        looks = looks.filter(person__in=people)
    looks = looks.select_related("person", "release", "team").order_by("-on", "-id")
    if asked.about:
        entries, looks = (entries.none(), looks) if asked.about == LOOKED else (entries, looks.none())
    begin = (asked.page - 1) * PER_PAGE
    end = begin + PER_PAGE + 1
    told = [*entries[:end], *looks[:end]]
    told.sort(key=when(zone), reverse=True)
    told = told[begin:end]
    names = Names((it for it in told if isinstance(it, TrailEntry)), called_by)
    places = places_of(told) if has_places else {}
    shown = tuple(
        Line(it.on, None, called_by(it.person), looked(it), "")
        if isinstance(it, Look)
        else Line(
            it.at.astimezone(ZoneInfo(zone)).date(),
            it.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None),
            names.put_in(called(it.who)),
            names.put_in(said(it.did)),
            places.get(it.network, ""),
        )
        for it in told[:PER_PAGE]
    )
    newer = asked.address(asked.page - 1) if asked.page > 1 else ""
    older = asked.address(asked.page + 1) if len(told) > PER_PAGE and asked.page < MOST_PAGES else ""
    return {"asked": asked, "lines": folded(shown), "newer": newer, "older": older}


def folded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that read alike, of one minute and one after the other, as one that says how many."""
    alike = [list(same) for _key, same in groupby(lines, key=reads)]
    return tuple(replace(same[0], times=len(same)) for same in alike)


def reads(line: Line) -> tuple:
    """All that is read of a line."""
    minute = line.moment and line.moment.replace(second=0, microsecond=0)
    return (line.on, minute, line.who, line.did, line.place)


def when(zone: str) -> Callable[[TrailEntry | Look], tuple]:
    """Newest last; looks, of which only the day is kept, before the first line of that day."""

    def moment(it: TrailEntry | Look) -> tuple:
        if isinstance(it, Look):
            return (it.on, 0, it.pk)
        at = it.at.astimezone(ZoneInfo(zone))
        return (at.date(), 1, at.timestamp(), it.pk)

    return moment


class Names:
    """Who stands in some lines by key. Of seats nothing is told: this is not the place to see who sat where."""

    def __init__(self, entries: Iterable[TrailEntry], called_by: Callable[[Person | Invitation], str]):
        entries = list(entries)
        people = Person.objects.filter(id__in=audit.keys_in(entries, "person"))
        invited = Invitation.everywhere.filter(id__in=audit.keys_in(entries, "invitation"))
        seats = audit.keys_in(entries, "seat")
        self.names = {it.id: called_by(it) for it in people}
        self.names |= {it.id: called_by(it) for it in invited}
        self.names |= dict.fromkeys(seats, _("a participant"))

    def put_in(self, text: str) -> str:
        return audit.named(text, self.names, _("somebody"))


def places_of(told: Iterable[TrailEntry | Look]) -> dict[str, str]:
    """The networks that lines name; not those made for a room, which are only called as their team is."""
    keys = {it.network for it in told if isinstance(it, TrailEntry)}
    return dict(Network.objects.filter(id__in=keys, is_provisional=False).values_list("id", "name"))


def kinds_of(asked: Asked, keys: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, str(words), key == asked.about) for key, words in KINDS if key in keys)


def worded(team: Team) -> str:
    """A team as a list of all teams names it."""
    return team.name if team.name == team.network.name else f"{team.network.name}: {team.name}"
