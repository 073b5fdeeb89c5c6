"""Django's name for this concept, and what of it goes along when people change teams."""

from django.apps import AppConfig


class Improvement(AppConfig):
    name = "hubcraft.apps.improvement"
    label = "improvement"

    def ready(self) -> None:
        """A seat's next steps go wherever its marks go."""
        from hubcraft.apps.improvement.models import NextStep
        from hubcraft.apps.reflections.actions.moves import take_with

        take_with(NextStep)
