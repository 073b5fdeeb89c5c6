"""Django's name for this concept."""

from django.apps import AppConfig


class Reflections(AppConfig):
    name = "hubcraft.apps.reflections"
    label = "reflections"
