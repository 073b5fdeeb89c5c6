"""Addresses of the administration, and of inviting people."""

from django.urls import path

from hubcraft.apps.roles.pages import administration, administrators, handing_over, invitations, roles

urlpatterns = [
    path("administration/", administration.administration, name="administration"),
    path("administration/people/", administration.people, name="administration-people"),
    path(
        "administration/people/<str:person_id>/second-step/removal/",
        administration.second_step,
        name="administration-second-step-removal",
    ),
    path("administration/administrators/", administrators.make, name="administrators"),
    path(
        "administration/administrators/<str:person_id>/removal/", administrators.end, name="administrator-end"
    ),
    path("administration/roles/<str:membership_id>/removal/", roles.take, name="administration-role-removal"),
]

INITIATIVE = "administration/initiatives/<str:initiative_id>/"
urlpatterns += [
    path("administration/initiatives/", administration.initiatives, name="administration-initiatives"),
    path(INITIATIVE, administration.initiative, name="administration-initiative"),
    path(f"{INITIATIVE}name/", administration.initiative_name, name="administration-initiative-name"),
    path(f"{INITIATIVE}roles/", roles.give_in_initiative, name="administration-initiative-roles"),
]

NETWORK = "administration/networks/<str:network_id>/"
urlpatterns += [
    path("administration/networks/", administration.networks, name="administration-networks"),
    path(NETWORK, administration.network, name="administration-network"),
    path(f"{NETWORK}name/", administration.network_name, name="administration-network-name"),
    path(f"{NETWORK}roles/", roles.give_in_network, name="administration-network-roles"),
    path(f"{NETWORK}teams/", administration.teams, name="administration-teams"),
]

TEAM = f"{NETWORK}teams/<str:team_id>/"
urlpatterns += [
    path(TEAM, administration.team, name="administration-team"),
    path(f"{TEAM}hub/", administration.hub, name="administration-hub"),
    path(f"{TEAM}roles/", roles.give_in_team, name="administration-team-roles"),
]

urlpatterns += [
    path("i/<str:initiative_id>/invitations/", invitations.to_initiative, name="initiative-invitations"),
    path("n/<str:network_id>/invitations/", invitations.to_network, name="network-invitations"),
    path("n/<str:network_id>/teams/<str:team_id>/invitations/", invitations.to_team, name="team-invitations"),
    path("n/<str:network_id>/teams/<str:team_id>/hand-over/", handing_over.hand_over, name="hub-hand-over"),
    path("invitations/<str:invitation_id>/removal/", invitations.take_back, name="invitation-removal"),
    path("roles/<str:membership_id>/removal/", invitations.end_role, name="role-removal"),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
]
