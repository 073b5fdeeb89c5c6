"""Django's name for this concept."""

from django.apps import AppConfig


class Rooms(AppConfig):
    name = "hubcraft.apps.rooms"
    label = "rooms"
