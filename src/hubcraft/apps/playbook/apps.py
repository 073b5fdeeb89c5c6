"""Django's name for this concept, and what of it goes along when people change teams."""

from django.apps import AppConfig


class Playbook(AppConfig):
    name = "hubcraft.apps.playbook"
    label = "playbook"

    def ready(self) -> None:
        """A seat's strategies go wherever its marks go."""
        from hubcraft.apps.playbook.models import Strategy
        from hubcraft.apps.reflections.actions.moves import take_with

        take_with(Strategy, is_of_rubric=True)
