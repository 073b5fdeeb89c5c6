"""Django's name for this concept."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "hubcraft.apps.audit"
    label = "audit"
