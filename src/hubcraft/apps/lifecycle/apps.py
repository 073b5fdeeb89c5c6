"""Django's name for this concept, and what it tells the hub's page, which knows nothing of it."""

from django.apps import AppConfig


class Lifecycle(AppConfig):
    name = "hubcraft.apps.lifecycle"
    label = "lifecycle"

    def ready(self) -> None:
        """The hub's page leads here; and what a hub keeps goes along when it moves to another network."""
        from hubcraft.apps.insights.actions import moving
        from hubcraft.apps.insights.queries import beside
        from hubcraft.apps.lifecycle.models import KINDS
        from hubcraft.apps.lifecycle.queries.beside import told_beside

        beside.TOLD_BY.append(told_beside)
        moving.ALONG.extend(KINDS.values())
