"""Django's name for this concept, and the source of everything live."""

from django.apps import AppConfig

from hubcraft import live


class Facilitation(AppConfig):
    name = "hubcraft.apps.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        """Tell the stream who may watch what; it knows nothing of rooms by itself."""
        from hubcraft.apps.facilitation.pages.watching import Rooms

        live.serve(Rooms())
