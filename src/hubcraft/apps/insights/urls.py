"""Addresses of hubs, of networks and initiatives, and of what is brought from a room."""

from django.urls import path

from hubcraft.apps.insights.pages import (
    above,
    claims,
    hubs,
    look_fors,
    merging,
    moving,
    own_framework,
    raising,
    search,
    sharing,
)

HUB = "n/<str:network_id>/teams/<str:hub_id>/"

urlpatterns = [
    path("search/", search.search, name="search"),
    path(HUB, hubs.hub, name="hub"),
    path(f"{HUB}file.<str:kind>", hubs.take, name="hub-file"),
    path(f"{HUB}files/<str:file_id>/", hubs.making, name="hub-making"),
    path(f"{HUB}files/<str:file_id>/take/", hubs.made, name="hub-made"),
    path(f"{HUB}boards/<str:reflection_id>/", hubs.wave, name="hub-board"),
    path(
        f"{HUB}boards/<str:reflection_id>/charts/<str:chart>.<str:as_file>",
        hubs.chart,
        name="hub-board-chart",
    ),
    path(f"{HUB}framework/", look_fors.framework, name="hub-look-fors"),
    path(
        f"{HUB}framework/<str:pack>/<str:domain>/<str:practice>/<str:look_for>/",
        look_fors.look_for,
        name="hub-look-for",
    ),
    path(
        f"{HUB}framework/<str:pack>/<str:domain>/<str:practice>/<str:look_for>/exact/",
        look_fors.exact_numbers,
        name="hub-look-for-exact",
    ),
    path(f"{HUB}own-framework/", own_framework.own_framework, name="hub-own-framework"),
    path(f"{HUB}own-framework/domains/<str:domain>/", own_framework.domain, name="hub-own-domain"),
    path(f"{HUB}own-framework/words/<path:line>/", own_framework.words, name="hub-own-words"),
    path(f"{HUB}own-framework/add/<path:line>/", own_framework.add, name="hub-own-add"),
    path(f"{HUB}own-framework/name/", own_framework.name, name="hub-own-name"),
    path(f"{HUB}own-framework/undo/", own_framework.undo, name="hub-own-undo"),
    path(f"{HUB}own-framework/publish/", own_framework.publish, name="hub-own-publish"),
    path(f"{HUB}own-framework/end/", own_framework.end, name="hub-own-end"),
    path(f"{HUB}own-framework/bring/", own_framework.bring, name="hub-own-bring"),
    path(f"{HUB}own-framework/versions/<str:installed_id>/", own_framework.take, name="hub-own-version"),
    path(f"{HUB}next-steps/<str:step_id>/", hubs.settle, name="hub-next-step"),
    path(f"{HUB}next-steps/<str:step_id>/raise/", raising.raise_step, name="hub-raise"),
    path(f"{HUB}next-steps/<str:step_id>/raise/end/", raising.take_back, name="hub-raise-end"),
    path(f"{HUB}sharing/", sharing.sharing, name="hub-sharing"),
    path(f"{HUB}sharing/end/", sharing.take_back, name="hub-sharing-end"),
    path(f"{HUB}merge/", merging.merge, name="hub-merge"),
    path(f"{HUB}merge/end/", merging.take_back, name="hub-merge-end"),
    path(f"{HUB}merge/<str:merge_id>/", merging.answer, name="hub-merge-answer"),
    path("n/<str:network_id>/", above.network, name="network"),
    path("n/<str:network_id>/raised/<str:raising_id>/", raising.raised, name="network-raised"),
    path("n/<str:network_id>/hubs/<str:hub_id>/", above.network_hub, name="network-hub"),
    path("i/<str:initiative_id>/", above.initiative, name="initiative"),
    path("i/<str:initiative_id>/hubs/<str:hub_id>/", above.initiative_hub, name="initiative-hub"),
    path(
        "administration/networks/<str:network_id>/teams/<str:team_id>/move/",
        moving.move,
        name="administration-move",
    ),
    path("r/<str:room_id>/claim/", claims.claim, name="claim"),
    path("r/<str:room_id>/claim/seat/", claims.claim_seat, name="claim-seat"),
]
