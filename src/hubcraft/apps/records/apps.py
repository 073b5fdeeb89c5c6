"""Django's name for this concept."""

from django.apps import AppConfig


class Records(AppConfig):
    name = "hubcraft.apps.records"
    label = "records"
