"""The facilitator types in what stands on a team's paper."""

from django.utils.translation import get_language

from hubcraft.apps.facilitation.pages.lead import leads
from hubcraft.apps.reflections.pages.typing_in import Desk, type_at
from hubcraft.apps.reflections.policy import can_type_in
from hubcraft.apps.reflections.queries.domains import rubric_for
from hubcraft.apps.reflections.queries.doors import get_reflection_to_lead, session_of
from hubcraft.domain.verdict import NotThere


@leads(policy=can_type_in, methods=("GET", "POST"))
def paper_of(request, viewer, room, team_id: str):
    """One team's paper. Who leads sees no board, so what others typed in stays hidden from them, too."""
    reflection = get_reflection_to_lead(viewer, team_id)
    if reflection.team.is_alone:
        raise NotThere
    session = session_of(room)
    rubric = rubric_for(reflection, get_language() or room.language)
    desk = Desk(viewer, session, reflection, rubric, sees_board=False)
    return type_at(request, desk, "facilitation/type_in.html", back=f"/r/{room.id}/lead/teams/{team_id}/")
