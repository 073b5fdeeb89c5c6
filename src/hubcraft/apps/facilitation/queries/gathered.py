"""What people in all rooms said of a framework's words, for whoever looks after the installation and may pass it on.

Read from the rooms' own boxes, as far as each room's facilitator may read them: nothing is copied, so what a room loses
is gone here too, and nothing tells of a room that its facilitator was not told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch
from django.utils.translation import get_language

from hubcraft.apps.facilitation.models import FeedbackBox
from hubcraft.apps.facilitation.queries.feedback import feedback_step, slips_to_read
from hubcraft.apps.facilitation.queries.wording import WORDING, Commented, commented, is_gathered, wording_key
from hubcraft.apps.frameworks.queries import pack_of
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.roles.queries.places import insist_on_administrator
from hubcraft.domain.verdict import NotThere

Slip = tuple[str, Mapping[str, object]]
AT = "/administration/wording/"


@dataclass(frozen=True)
class GatheredPage:
    """All comments on one version of a framework's words, by domain."""

    pack: str
    name: str
    version: str
    credit: str
    is_our_translation: bool
    domains: tuple[tuple[str, tuple[Commented, ...]], ...]

    @property
    def told(self) -> tuple[Commented, ...]:
        return tuple(it for _domain, told in self.domains for it in told)

    @property
    def comments(self) -> int:
        return sum(len(it.comments) for it in self.told)

    @property
    def look_fors(self) -> int:
        return len(self.told)

    @property
    def address(self) -> str:
        return f"{AT}{self.pack}/"


def list_gathered(viewer: Viewer) -> tuple[GatheredPage, ...]:
    """Every version of a framework that somebody commented on: by name, the highest version first."""
    insist_on_administrator(viewer)
    said: dict[str, list[Slip]] = {}
    for session, slips in said_in_rooms():
        said.setdefault(session.pack_id, []).extend(slips)
    pages = [page_of(pack, slips) for pack, slips in said.items() if slips]
    pages.sort(key=lambda it: (pack_of(it.pack).numbers, it.pack), reverse=True)
    return tuple(sorted(pages, key=lambda it: it.name))


def gathered_page(viewer: Viewer, pack: str) -> GatheredPage:
    """One of them. Raises NotThere where nothing can be read of it."""
    insist_on_administrator(viewer)
    slips = [it for _session, own in said_in_rooms(pack) for it in own]
    if not slips:
        raise NotThere
    return page_of(pack, slips)


def said_in_rooms(pack: str = "") -> Iterator[tuple[ReflectionSession, list[Slip]]]:
    """What may be read of each session, by as many questions to the database however many rooms there are."""
    boxes = FeedbackBox.everywhere.filter(question__endswith=f"/{WORDING}")
    sessions = ReflectionSession.everywhere.filter(id__in=boxes.values("session"))
    if pack:
        sessions = sessions.filter(pack=pack)
    sessions = sessions.select_related("room", "run", "feedback_register")
    for session in sessions.prefetch_related(Prefetch("feedback_boxes", boxes)).order_by("id"):
        if is_gathered(session):
            register = getattr(session, "feedback_register", None)
            read = slips_to_read(session, register, session.feedback_boxes.all())
            slips = read.by_question.get(wording_key(feedback_step(session)), {})
            yield session, [(key, slip) for key, slip in slips.items() if slip]


def page_of(pack: str, slips: Iterable[Slip]) -> GatheredPage:
    """Comments under their look-fors; whose room each is from is lost here."""
    language, read = get_language() or "en", pack_of(pack)
    told = commented(pack, slips, language)
    return GatheredPage(
        pack=pack,
        name=read.name.in_(language),
        version=read.version,
        credit=read.credit.in_(language),
        is_our_translation=read.is_our_translation(language),
        domains=tuple((domain, tuple(own)) for domain, own in groupby(told, key=lambda it: it.domain)),
    )
