"""Django's name for this concept."""

from django.apps import AppConfig


class Notices(AppConfig):
    name = "hubcraft.apps.notices"
    label = "notices"
