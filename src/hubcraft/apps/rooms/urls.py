"""Addresses outside any room."""

from django.urls import path

from hubcraft.apps.rooms.pages import door

urlpatterns = [
    path("", door.home, name="home"),
    path("join/", door.enter_code, name="enter-code"),
    path("j/<str:token>/", door.follow_link, name="follow-link"),
]
