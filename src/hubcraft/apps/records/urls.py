"""Addresses of the trail, and of what is kept about a person."""

from django.urls import path

from hubcraft.apps.records.pages import copies, erasure, trail

urlpatterns = [
    path("administration/trail/", trail.whole_trail, name="administration-trail"),
    path(
        "administration/people/<str:person_id>/erasure/",
        erasure.erase_somebody,
        name="administration-erasure",
    ),
    path("account/erasure/", erasure.erase_me, name="erasure"),
    path("account/copy/", copies.take_copy, name="copy"),
    path("n/<str:network_id>/teams/<str:hub_id>/trail/", trail.hub_trail, name="hub-trail"),
]
