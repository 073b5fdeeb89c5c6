"""Django's name for this concept, and what it tells the rooms below, which know nothing of it."""

from django.apps import AppConfig


class Cards(AppConfig):
    name = "hubcraft.apps.cards"
    label = "cards"

    def ready(self) -> None:
        """The hub's page leads here and a search finds it; moved to another network, its cards are for the hub alone."""
        from hubcraft.apps.cards.actions.moving import keep_for_hub
        from hubcraft.apps.cards.models import Card, CardVersion, Try
        from hubcraft.apps.cards.queries.beside import (
            card_for_a_look_for,
            card_of_a_strategy,
            texts_kept,
            told_beside,
        )
        from hubcraft.apps.insights.actions import moving
        from hubcraft.apps.insights.queries import beside, search

        beside.TOLD_BY.append(told_beside)
        beside.OF_A_STRATEGY.append(card_of_a_strategy)
        beside.FOR_A_LOOK_FOR.append(card_for_a_look_for)
        search.ALSO_IN_A_HUB.append(texts_kept)
        moving.ALONG.extend((Card, CardVersion, Try))
        moving.ENDS.append(keep_for_hub)
