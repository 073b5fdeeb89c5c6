"""Django's name for this concept, and the source of everything live."""

from django.apps import AppConfig

from hubcraft import live


class Facilitation(AppConfig):
    name = "hubcraft.apps.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        """Tell the stream who may watch what, and the boards where a script has everybody; neither knows by itself."""
        from hubcraft.apps.facilitation.models import Choice
        from hubcraft.apps.facilitation.pages import said, written
        from hubcraft.apps.facilitation.pages.regions import LEAD_ADDS, PROJECTOR_ADDS, draw_clock, draw_talk
        from hubcraft.apps.facilitation.pages.watching import Rooms
        from hubcraft.apps.facilitation.queries.runs import GUIDE
        from hubcraft.apps.reflections.actions.moves import take_with
        from hubcraft.apps.reflections.pages.regions import PAGES_HAVE, Part, bring
        from hubcraft.apps.reflections.queries import stops
        from hubcraft.apps.rooms import topics

        live.serve(Rooms())
        stops.follow(GUIDE)
        take_with(Choice, one_for="which", is_told=False)
        bring(Part(topics.STEP, frozenset(PAGES_HAVE), draw_clock))
        bring(Part(topics.TALK, written.MEMBERS, draw_talk))
        bring(*written.PARTS)
        bring(*said.PARTS)
        LEAD_ADDS.update(said.LEAD)
        PROJECTOR_ADDS.update(said.SCREEN)
