"""Addresses of the library."""

from django.urls import path

from hubcraft.apps.frameworks.pages import library

urlpatterns = [
    path("framework/", library.library, name="library"),
    path("framework/<str:pack>/<str:domain>/", library.domain, name="library-domain"),
    path(
        "framework/<str:pack>/<str:domain>/<str:practice>/<str:look_for>/",
        library.look_for,
        name="library-look-for",
    ),
]
