"""Django's name for this concept."""

from django.apps import AppConfig


class Frameworks(AppConfig):
    name = "hubcraft.apps.frameworks"
    label = "frameworks"
