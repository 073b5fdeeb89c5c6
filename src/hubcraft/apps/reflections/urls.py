"""Addresses of a room's participants; all below /r/<room>/."""

from django.urls import path

from hubcraft.apps.reflections.pages import board, joining, rating, reminding, seat, team, typing_in, way

urlpatterns = [
    path("", way.go, name="now"),
    path("join/", joining.join, name="join"),
    path("lobby/", team.lobby, name="lobby"),
    path("look-fors/", rating.every_look_for, name="look-fors"),
    path("look-fors/<int:number>/", rating.one_look_for, name="look-for"),
    path("marks/", rating.place_marks, name="marks"),
    path("wish/", rating.wish, name="wish"),
    path("wish/remove/", rating.take_back_wish, name="wish-removal"),
    path("team/", team.team, name="team"),
    path("team/asking/", team.answer_asking, name="team-asking"),
    path("team/paper/", typing_in.our_paper, name="team-paper"),
    path("reveal/", team.reveal, name="reveal"),
    path("board/", board.board, name="board"),
    path("reminder/", reminding.remind_me, name="reminder"),
    path("reminder/remove/", reminding.forget_me, name="reminder-removal"),
    path("late/", board.late, name="late"),
    path("seat/", seat.seat, name="seat"),
    path("seat/name/", seat.rename, name="seat-name"),
    path("seat/language/", seat.choose_language, name="seat-language"),
    path("seat/team/", seat.change_team, name="seat-team"),
    path("seat/help/", seat.take_help, name="seat-help"),
    path("seat/help/remove/", seat.end_help, name="seat-help-removal"),
    path("seat/interpreting/", seat.interpret, name="seat-interpreting"),
    path("seat/interpreting/remove/", seat.end_help, name="seat-interpreting-removal"),
    path("seat/remove/", seat.leave, name="seat-removal"),
    path("pass/", seat.pass_round, name="pass"),
    path("pass/turn/", seat.take_turn, name="pass-turn"),
    path("mine.css", seat.mine, name="mine"),
]
