"""A hub's own framework: what stands in it now, what was changed, what it was before, and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubcraft.apps.frameworks.models import BroughtPack, InstalledPack, OwnFramework
from hubcraft.apps.frameworks.queries import pack_of
from hubcraft.apps.networks.models import Team
from hubcraft.content import Pack, adapting, numbers_of, rubric_keys
from hubcraft.content.adapting import DOMAIN, LOOK_FOR, PRACTICE, Line
from hubcraft.content.packing import packed
from hubcraft.content.text import DRAFT, Text, without_emphasis
from hubcraft.domain.verdict import NotThere, Verdict, allow, refuse

Plain = dict[str, Any]

# More than anybody means to make before a version of them.
MOST_CHANGES = 500


@dataclass(frozen=True)
class OwnLine:
    """A line of a hub's own framework; `before` is what was taken over, where the hub reworded it."""

    key: str
    kind: str
    words: str
    language: str
    status: str
    before: str = ""
    before_language: str = ""
    before_status: str = ""
    is_added: bool = False
    is_hidden: bool = False
    is_first: bool = False
    is_last: bool = False
    look_fors: tuple["OwnLine", ...] = ()

    @property
    def within(self) -> str:
        """Its key without the pack's, which stands in addresses."""
        return self.key.partition("/")[2]

    @property
    def place(self) -> str:
        """Where a page jumps to."""
        return self.within.replace("/", "-")

    @property
    def is_reworded(self) -> bool:
        return bool(self.before)


@dataclass(frozen=True)
class OwnDomain:
    """A domain of it: its name is the authors', its goal can be reworded."""

    key: str
    short: str
    name: str
    goal: OwnLine
    practices: tuple[OwnLine, ...]

    @property
    def count(self) -> int:
        """How many look-fors a team would rate."""
        if self.goal.is_hidden:
            return 0
        return sum(not one.is_hidden for it in self.practices if not it.is_hidden for one in it.look_fors)


@dataclass(frozen=True)
class OwnVersion:
    """A version that was made, and can be used and taken along."""

    id: str
    pack: str
    name: str
    version: str
    on: datetime


@dataclass(frozen=True)
class OwnView:
    """What a hub is working on."""

    pack: str
    name: str
    domains: tuple[OwnDomain, ...]
    languages: tuple[str, ...]
    # How many changes there are, and how many since the last version.
    changes: int
    since: int
    # The last change, which can be undone.
    last_change: str
    last_key: str
    last_words: str
    is_ready: Verdict


@dataclass(frozen=True)
class ChangedLine:
    """A line that reads otherwise than in the version before."""

    key: str
    before: str
    after: str


def find_own(hub: Team) -> OwnFramework | None:
    """What a hub is working on: the one begun first."""
    return OwnFramework.objects.filter(team=hub).select_related("last").order_by("made_at", "id").first()


def get_own(hub: Team) -> OwnFramework:
    """The same where there must be one."""
    own = find_own(hub)
    if own is None:
        raise NotThere
    return own


def content_of(own: OwnFramework) -> Plain:
    """What stands in it now."""
    return adapting.changed(own.base, own.changes)


def is_ready(own: OwnFramework) -> Verdict:
    """Whether a version can be made of it."""
    if not own.changes:
        return refuse(_("Nothing has been changed yet."))
    if len(own.changes) == own.done:
        # What it is called was said as it was taken over; that alone makes no version.
        if version_before(own) is None:
            return refuse(_("Nothing has been changed yet."))
        return refuse(_("Nothing has been changed since the last version."))
    if not rubric_keys(adapting.as_pack(content_of(own), "1.0.0")):
        return refuse(_("Every look-for is hidden. Show at least one."))
    return allow()


def own_view(own: OwnFramework) -> OwnView:
    """All of it, in the reader's language."""
    content, language = content_of(own), get_language() or "en"
    first = content["languages"][0]
    since = own.changes[own.done :]
    return OwnView(
        pack=own.pack,
        name=Text(content["name"], first).in_(language),
        domains=tuple(
            domain_view(own.base, plain, language, first, place, len(framework["domains"]))
            for framework in content["frameworks"]
            for place, plain in enumerate(framework["domains"])
        ),
        languages=tuple(content["languages"]),
        changes=len(own.changes),
        since=len(since),
        last_change=since[-1]["id"] if since else "",
        last_key=changed_key(since[-1]) if since else "",
        last_words=change_words(since[-1], content, language) if since else "",
        is_ready=is_ready(own),
    )


def domain_view(base: Plain, plain: Plain, language: str, first: str, place: int, count: int) -> OwnDomain:
    """One domain."""
    goal = line_view(base, Line(DOMAIN, plain, []), language, first, place, count)
    practices = tuple(
        line_view(base, Line(PRACTICE, it, []), language, first, at, len(plain["practices"]))
        for at, it in enumerate(plain["practices"])
    )
    return OwnDomain(
        key=plain["key"],
        short=plain["key"].rpartition("/")[2],
        name=Text(plain["name"], first).in_(language),
        goal=goal,
        practices=practices,
    )


def line_view(base: Plain, line: Line, language: str, first: str, place: int, count: int) -> OwnLine:
    """One line, beside what it was."""
    was = original(base, line.key)
    is_reworded = was is not None and dict(was.words) != dict(line.words)
    words, spoken = read_in(line.words, language, first)
    before, before_spoken = read_in(was.words, language, first) if is_reworded and was else ("", "")
    within = line.plain.get("look_fors", ())
    return OwnLine(
        key=line.key,
        kind=line.kind,
        words=words,
        language=spoken,
        status=line.status,
        before=before,
        before_language=before_spoken,
        before_status=was.status if was is not None else "",
        is_added=was is None,
        is_hidden=line.is_hidden,
        is_first=place == 0,
        is_last=place == count - 1,
        look_fors=tuple(
            line_view(base, Line(LOOK_FOR, it, []), language, first, at, len(within))
            for at, it in enumerate(within)
        ),
    )


def original(base: Plain, key: str) -> Line | None:
    """A line as it was taken over; None where the hub added it."""
    try:
        return adapting.line_at(base, key)
    except KeyError:
        return None


def read_in(words: Mapping[str, str], language: str, first: str) -> tuple[str, str]:
    """What somebody of this language reads, and which language that is in."""
    if not words:
        return "", language
    text = Text(words, first)
    tag = next((it for it in (language, language.partition("-")[0]) if it in words), text.default)
    return without_emphasis(words[tag]), tag


def get_line(own: OwnFramework, within: str) -> Line:
    """A line by its key without the pack's."""
    try:
        return adapting.line_at(content_of(own), f"{own.pack}/{within}")
    except KeyError:
        raise NotThere from None


def changed_key(change: Plain) -> str:
    """Which line a change was about."""
    return f"{change['key']}/{change['name']}" if change["kind"] == adapting.ADD else str(change["key"])


def our_translations(own: OwnFramework) -> frozenset[str]:
    """Languages in which the authors' words are our translation, and not theirs."""
    first, *further = own.base["languages"]
    told = own.base.get("translations", {})
    return frozenset(it for it in further if it != first and told.get(it, DRAFT) == DRAFT)


def change_words(change: Plain, content: Plain, language: str) -> str:
    """What the last change was, in a few words."""
    kinds = {
        adapting.REWORD: _("other words for “{line}”"),
        adapting.PUT_BACK: _("the words from before for “{line}”"),
        adapting.ADD: _("“{line}” added"),
        adapting.UP: _("“{line}” moved up"),
        adapting.DOWN: _("“{line}” moved down"),
        adapting.HIDE: _("“{line}” hidden"),
        adapting.SHOW: _("“{line}” shown again"),
        adapting.RENAME: _("called “{line}”"),
    }
    words = change.get("words")
    if words is None:
        line = adapting.line_at(content, change["key"])
        words = line.plain["name"] if line.kind == DOMAIN else line.words
    told, _spoken = read_in(words, language, content["languages"][0])
    return kinds[change["kind"]].format(line=told)


def list_versions(hub: Team) -> tuple[OwnVersion, ...]:
    """Every version a hub made, the newest first."""
    rows = InstalledPack.objects.filter(team=hub).defer("content")
    found = sorted(rows, key=lambda it: (it.installed_at, numbers_of(it.version)), reverse=True)
    language = get_language() or "en"
    return tuple(
        OwnVersion(it.id, it.pack, pack_of(it.id).name.in_(language), it.version, it.installed_at)
        for it in found
    )


def version_file(hub: Team, installed_id: str) -> tuple[str, bytes]:
    """A version as a file to take along: its name and its bytes."""
    row = InstalledPack.objects.filter(team=hub, id=installed_id).defer("content").first()
    if row is None:
        raise NotThere
    return f"{row.pack}-{row.version}.zip", packed(pack_of(row.id))


def list_changed(own: OwnFramework) -> tuple[ChangedLine, ...]:
    """The lines that a team rates and that read otherwise than in the version before, by key."""
    earlier, language = version_before(own), get_language() or "en"
    if earlier is None:
        return ()
    later = adapting.as_pack(content_of(own), earlier.version)
    return tuple(
        ChangedLine(key, before.in_(language), after.in_(language))
        for key, (before, after) in adapting.reworded(earlier, later).items()
    )


def version_before(own: OwnFramework) -> Pack | None:
    """The last version that was made of it; None where there is none."""
    return pack_of(own.last_id) if own.last is not None and own.last.pack == own.pack else None


def find_brought(hub: Team) -> Pack | None:
    """What was brought in and not looked at yet."""
    brought = BroughtPack.objects.filter(team=hub).first()
    return Pack.from_json(brought.content) if brought is not None else None


@dataclass(frozen=True)
class BroughtView:
    """What a file holds that was brought in."""

    name: str
    version: str
    languages: tuple[str, ...]
    domains: tuple[tuple[str, int], ...]
    credit: str


def brought_view(hub: Team) -> BroughtView | None:
    """The same as its hub looks at it."""
    pack, language = find_brought(hub), get_language() or "en"
    if pack is None:
        return None
    return BroughtView(
        name=pack.name.in_(language),
        version=pack.version,
        languages=pack.languages,
        domains=tuple((it.name.in_(language), len(it.look_fors)) for it in pack.domains),
        credit=pack.credit.in_(language),
    )
