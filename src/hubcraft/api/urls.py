"""Addresses of programs, one version beside the other."""

from django.urls import include, path

from hubcraft.api import (  # noqa: F401  (each file declares its operations)
    boards,
    hubs,
    me,
    networks,
    next_steps,
    reference,
    rooms,
    strategies,
)
from hubcraft.api.operations import OPERATIONS, api


def declared():
    """The operations' addresses; the inspector reads of each which rules it asks and what it takes."""
    for it in api.urls[0]:
        own = [one for one in OPERATIONS.values() if f"api-{one.name}" == it.name]
        if not own:
            continue
        beside = [one for one in OPERATIONS.values() if one.path == own[0].path]
        it.callback.policy = own[0].policy
        it.callback.methods = tuple(sorted(one.method for one in beside))
        yield it


urlpatterns = [
    path("v1/", reference.reference, name="api"),
    path("v1/openapi.json", reference.openapi, name="api-openapi"),
    path("v1/", include(list(declared()))),
    path("<path:rest>", reference.nothing, name="api-nothing"),
]
