"""Addresses of networks and their teams."""

from django.urls import path

from hubcraft.apps.networks.pages import places

urlpatterns = [
    path("home/", places.places, name="places"),
]
