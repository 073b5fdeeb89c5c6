"""Django's name for this concept, and which rooms wait for a day."""

from django.apps import AppConfig


class Reflections(AppConfig):
    name = "hubcraft.apps.reflections"
    label = "reflections"

    def ready(self) -> None:
        """A room that is open until a day is not idle before it."""
        from hubcraft.apps.reflections.queries.days import rooms_over_days
        from hubcraft.apps.rooms.queries import await_rooms

        await_rooms(rooms_over_days)
