"""Django's name for this concept, and what it tells the hub's page, which knows nothing of it."""

from django.apps import AppConfig


class Lifecycle(AppConfig):
    name = "hubcraft.apps.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        """The hub's page leads here, a search finds it, and it goes along when the hub moves to another network."""
        from hubcraft.apps.insights.actions import moving
        from hubcraft.apps.insights.queries import beside, search
        from hubcraft.apps.lifecycle.models import KINDS
        from hubcraft.apps.lifecycle.queries.beside import told_beside
        from hubcraft.apps.lifecycle.queries.searching import texts_kept

        beside.TOLD_BY.append(told_beside)
        search.ALSO_IN_A_HUB.append(texts_kept)
        moving.ALONG.extend(KINDS.values())
