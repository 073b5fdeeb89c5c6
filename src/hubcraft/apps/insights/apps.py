"""Django's name for this concept, and what it tells rooms, which know nothing of it."""

from django.apps import AppConfig


class Insights(AppConfig):
    name = "hubcraft.apps.insights"
    label = "insights"

    def ready(self) -> None:
        """A team that was kept for a hub reads so on its own pages, and who reads what it carries on; a room's count
        leaves out what was shared."""
        from hubcraft.apps.facilitation.queries import counting
        from hubcraft.apps.improvement import queries as improvement
        from hubcraft.apps.insights.queries.carrying import widened
        from hubcraft.apps.insights.queries.claims import kept_words
        from hubcraft.apps.insights.queries.holding import boards_shared
        from hubcraft.apps.reflections.queries import also

        also.SAID_BY.append(kept_words)
        improvement.WIDENED_BY.append(widened)
        counting.tellers.append(boards_shared)
