"""Whoever reads of a hub no more than what it shares has looked: the hub sees it, also where it is part of their own."""

from hubcraft.apps.insights.actions.sharing import look
from hubcraft.apps.networks.viewer import Viewer


def note_look(request, viewer: Viewer, releases) -> None:
    """Written down before they see it; nothing to write where nothing is seen."""
    if releases:
        look(by=viewer, releases=releases, at=request.moment)
