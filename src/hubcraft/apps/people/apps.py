"""Django's name for this concept."""

from django.apps import AppConfig


class People(AppConfig):
    name = "hubcraft.apps.people"
    label = "people"
