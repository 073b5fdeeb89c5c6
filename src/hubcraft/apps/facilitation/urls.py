"""Addresses of a room's facilitator and its projector; all below /r/<room>/."""

from django.urls import path

from hubcraft.apps.facilitation.pages import again, harvest, hearing, keeping, lead, leading, projector, steps
from hubcraft.apps.facilitation.pages.kinds import choice, feedback, plan, strategies

urlpatterns = [
    path("lead/", lead.lead, name="lead"),
    path("lead/opening/", lead.open_room, name="opening"),
    path("lead/closure/", lead.close_room, name="closure"),
    path("lead/closure/remove/", lead.open_room, name="closure-removal"),
    path("lead/step/", leading.go_to, name="lead-step"),
    path("lead/step/longer/", leading.extend, name="lead-step-longer"),
    path("lead/step/shorter/", leading.shorten, name="lead-step-shorter"),
    path("lead/pause/", leading.pause, name="lead-pause"),
    path("lead/pause/remove/", leading.resume, name="lead-pause-removal"),
    path("lead/lock/", lead.lock, name="lock"),
    path("lead/lock/remove/", lead.unlock, name="lock-removal"),
    path("lead/planned-size/", lead.plan_size, name="planned-size"),
    path("lead/mail/", lead.mail_link, name="lead-mail"),
    path("lead/asking/<str:asking_id>/", lead.answer_asking, name="lead-asking"),
    path("lead/teams/", lead.add_team, name="lead-teams"),
    path("lead/teams/<str:team_id>/", lead.team, name="lead-team"),
    path("lead/teams/<str:team_id>/name/", lead.rename_team, name="lead-team-name"),
    path("lead/teams/<str:team_id>/merge/", lead.merge_team, name="lead-team-merge"),
    path("lead/teams/<str:team_id>/reveal/", lead.reveal, name="lead-team-reveal"),
    path("lead/seats/<str:seat_id>/team/", lead.move_seat, name="lead-seat-team"),
    path("lead/seats/<str:seat_id>/merge/", lead.merge_seat, name="lead-seat-merge"),
    path("lead/seats/<str:seat_id>/removal/", lead.remove_seat, name="lead-seat-removal"),
    path("lead/heard/", hearing.hearing, name="lead-heard"),
    path("lead/heard/<str:heard_id>/", hearing.line, name="lead-heard-line"),
    path("lead/heard/<str:heard_id>/removal/", hearing.remove, name="lead-heard-removal"),
    path("lead/harvest/", harvest.harvest, name="harvest"),
    path("lead/harvest/count/", harvest.count, name="harvest-count"),
    path("projector/", projector.projector, name="projector"),
    path("step/", steps.step, name="step"),
    path("look-fors/<int:number>/strategy/", strategies.name, name="look-for-strategy"),
    path("strategies/<str:strategy_id>/", strategies.change, name="strategy"),
    path("strategies/<str:strategy_id>/removal/", strategies.take_back, name="strategy-removal"),
    path("next-steps/", plan.promise, name="next-steps"),
    path("next-steps/<str:step_id>/", plan.change, name="next-step"),
    path("next-steps/<str:step_id>/removal/", plan.take_back, name="next-step-removal"),
    path("next-steps/<str:step_id>/settlement/", plan.settle, name="next-step-settlement"),
    path("team-page/", keeping.kept, name="team-page"),
    path("lead/again/", again.again, name="lead-again"),
    path("choice/", choice.choice, name="choice"),
    path("feedback/", feedback.feedback, name="feedback"),
]
