"""Addresses of hubs, of networks and initiatives, and of what is brought from a room."""

from django.urls import path

from hubcraft.apps.insights.pages import above, claims, hubs, look_fors, merging, moving, search, sharing

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
    path(f"{HUB}next-steps/<str:step_id>/", hubs.settle, name="hub-next-step"),
    path(f"{HUB}sharing/", sharing.sharing, name="hub-sharing"),
    path(f"{HUB}sharing/end/", sharing.take_back, name="hub-sharing-end"),
    path(f"{HUB}merge/", merging.merge, name="hub-merge"),
    path(f"{HUB}merge/end/", merging.take_back, name="hub-merge-end"),
    path(f"{HUB}merge/<str:merge_id>/", merging.answer, name="hub-merge-answer"),
    path("n/<str:network_id>/", above.network, name="network"),
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
