"""Django's name for this concept."""

from django.apps import AppConfig


class Upkeep(AppConfig):
    name = "hubcraft.apps.upkeep"
    label = "upkeep"
