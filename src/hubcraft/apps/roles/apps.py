"""Django's name for this concept."""

from django.apps import AppConfig


class Roles(AppConfig):
    name = "hubcraft.apps.roles"
    label = "roles"
