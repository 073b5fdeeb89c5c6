"""Addresses of networks and their teams."""

from django.urls import path

from hubcraft.apps.networks.pages import places, tokens

urlpatterns = [
    path("account/tokens/new/", tokens.new_token, name="new-token"),
    path("home/", places.places, name="places"),
]
