"""Django's name for this concept."""

from django.apps import AppConfig


class Letters(AppConfig):
    name = "hubcraft.apps.letters"
    label = "letters"

    def ready(self):
        from hubcraft.apps.letters.actions.calendars import close_calendar
        from hubcraft.apps.letters.actions.weekly import KIND, letter_now
        from hubcraft.apps.notices.writing import WRITERS
        from hubcraft.apps.people.actions import ENDED_TOO

        WRITERS[KIND] = letter_now
        ENDED_TOO.append(close_calendar)
