"""Django's name for this concept, and what it tells the rooms below, which know nothing of it."""

from django.apps import AppConfig


class Cards(AppConfig):
    name = "hubcraft.apps.cards"
    label = "cards"

    def ready(self) -> None:
        """Cards go along when their hub moves to another network, and are for the hub alone from then on."""
        from hubcraft.apps.cards.actions.moving import keep_for_hub
        from hubcraft.apps.cards.models import Card, CardVersion, Try
        from hubcraft.apps.insights.actions import moving

        moving.ALONG.extend((Card, CardVersion, Try))
        moving.ENDS.append(keep_for_hub)
