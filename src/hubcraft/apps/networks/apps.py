"""Django's name for this concept."""

from django.apps import AppConfig


class Networks(AppConfig):
    name = "hubcraft.apps.networks"
    label = "networks"
