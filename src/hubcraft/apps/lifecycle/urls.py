"""Addresses of what a hub keeps about itself."""

from django.urls import path

from hubcraft.apps.lifecycle.pages import charters, problems, rosters, routines, stages, taken

HUB = "n/<str:network_id>/teams/<str:hub_id>/"

EVIDENCE = f"{HUB}life-cycle/evidence/<str:stage>/<str:work>/<str:piece>/"

urlpatterns = [
    path(f"{HUB}life-cycle/", stages.life_cycle, name="hub-life-cycle"),
    path(f"{HUB}life-cycle/stage/", stages.say, name="hub-stage"),
    path(EVIDENCE, stages.evidence, name="hub-evidence"),
    path(f"{EVIDENCE}end/", stages.no_longer, name="hub-evidence-end"),
    path(f"{HUB}charter/", charters.charter, name="hub-charter"),
    path(f"{HUB}charter/write/", charters.write, name="hub-charter-write"),
    path(f"{HUB}charter/review/", charters.review, name="hub-charter-review"),
    path(f"{HUB}charter/versions/<str:charter_id>/", charters.version, name="hub-charter-version"),
    path(f"{HUB}charter/file.<str:kind>", charters.take, name="hub-charter-file"),
    path(f"{HUB}routines/", routines.routines, name="hub-routines"),
    path(f"{HUB}routines/write/", routines.write, name="hub-routine-write"),
    path(f"{HUB}routines/<str:routine_id>/", routines.routine, name="hub-routine"),
    path(f"{HUB}roster/", rosters.roster, name="hub-roster"),
    path(f"{HUB}roster/write/", rosters.write, name="hub-roster-write"),
    path(f"{HUB}roster/people/<str:member_id>/", rosters.member, name="hub-roster-member"),
    path(f"{HUB}roster/<str:entry_id>/", rosters.person, name="hub-roster-person"),
    path(f"{HUB}problems/", problems.log, name="hub-problems"),
    path(f"{HUB}problems/write/", problems.write, name="hub-problem-write"),
    path(f"{HUB}problems/<str:problem_id>/", problems.problem, name="hub-problem"),
    path(f"{HUB}problems/<str:problem_id>/change/", problems.change, name="hub-problem-change"),
    path(f"{HUB}problems/<str:problem_id>/once/", problems.came_once, name="hub-problem-once"),
    path(f"{HUB}problems/<str:problem_id>/next-step/", problems.next_step, name="hub-problem-step"),
    path(f"{HUB}taken-away/", taken.taken, name="hub-taken"),
    path(f"{HUB}taken-away/<str:what>/<str:row_id>/", taken.take_away, name="hub-take-away"),
    path(f"{HUB}taken-away/<str:what>/<str:row_id>/back/", taken.put_back, name="hub-put-back"),
]
