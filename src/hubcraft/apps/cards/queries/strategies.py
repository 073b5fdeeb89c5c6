"""Strategies that were named in a session, for somebody of the hub who makes a card of one."""

from dataclasses import dataclass

from hubcraft.apps.insights.policy import has_words_to_hide_in
from hubcraft.apps.insights.queries.hubs import seen_reflections, strategies_of
from hubcraft.apps.insights.queries.sharing import people_of_board
from hubcraft.apps.insights.queries.sight import sight_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.playbook.models import Strategy
from hubcraft.domain.verdict import NotThere


@dataclass(frozen=True)
class Named:
    """A strategy that was named in a session of the hub."""

    id: str
    look_for: str
    look_for_text: str
    words: str
    how_we_know: str
    # Whether its words would say who wrote them, so that they don't leave those they were written for.
    is_of_few: bool


def find_named(viewer: Viewer, hub: Team, strategy_id: str) -> Named:
    """One of those that this person reads on the hub's page; everybody else's are not there."""
    strategy = Strategy.objects.filter(id=strategy_id).first()
    if strategy is None:
        raise NotThere
    sight = sight_of(viewer, hub)
    for board in seen_reflections(viewer, hub):
        if (board.session_id, board.team_id) != (strategy.session_id, strategy.team_id):
            continue
        for group in strategies_of([board]):
            for it in group.strategies:
                if it.id == strategy_id:
                    is_of_before = sight.former_of(board.team_id, board.made_at) is not None
                    return Named(
                        it.id,
                        group.look_for.key,
                        group.look_for.text,
                        it.words,
                        it.how_we_know,
                        is_of_before or not has_words_to_hide_in(people_of_board(board)).is_allowed,
                    )
    raise NotThere
