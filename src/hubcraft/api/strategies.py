"""What a hub uses, as it named it in one of its reflections."""

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from hubcraft.api.operations import reads
from hubcraft.api.shapes import InPath, Listed, LookFor, Part, listed, look_for
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.queries import hubs


class Strategy(Schema):
    """A strategy; `label` is empty where it stands there without a name."""

    id: str
    look_for: LookFor
    words: str
    how_we_know: str
    language: str
    label: str


@reads(
    "/hubs/{hub_id}/boards/{reflection_id}/strategies",
    policy=policy.can_see_hub,
    summary=_("The strategies that a hub named in one reflection"),
    words=_("In the order of the rubric; with labels where the board shows them."),
    answer=Listed[Strategy],
)
def strategies(request, hub_id: InPath, reflection_id: InPath, part: Part):
    viewer = request.auth.viewer
    here = hubs.find_hub(viewer, hub_id)
    groups = hubs.strategies_of([hubs.get_reflection(viewer, here, reflection_id)])
    found = [(group.look_for, it) for group in groups for it in group.strategies]
    return listed(request, found, part, strategy)


def strategy(found) -> Strategy:
    view, it = found
    return Strategy(
        id=it.id,
        look_for=look_for(view),
        words=it.words,
        how_we_know=it.how_we_know,
        language=it.language,
        label=it.label,
    )
