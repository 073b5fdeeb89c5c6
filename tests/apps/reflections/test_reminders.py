"""Reminders: three mails at most, apart from every answer, and a way out of each."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from hubcraft.apps.notices.actions import send_due
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.reflections.actions import days, reminders
from hubcraft.apps.reflections.models import Reminder
from hubcraft.apps.rooms import actions as rooms
from hubcraft.domain.verdict import Refused
from tests.device import Device, says, text_of
from tests.make import NOW, Hall, opened, seated, start

pytestmark = pytest.mark.django_db
SOON = (NOW + timedelta(days=5)).date()
ADDRESS = "ben@example.org"


def over_days(**more) -> Hall:
    return start(**({"until_on": SOON} | more))


def at(days_before: int, hour: int = 9, minute: int = 0, zone: str = "UTC") -> datetime:
    """A time of day, so many days before the last."""
    return datetime.combine(SOON - timedelta(days=days_before), time(hour, minute), ZoneInfo(zone))


def remind(person, address: str = ADDRESS, moment: datetime = NOW) -> None:
    reminders.remind_me(by=person.viewer, seat_id=person.seat_id, address=address, at=moment)


def sent(moment: datetime) -> list[tuple[str, str]]:
    """Who was written to by this moment, and with which first words."""
    mail.outbox.clear()
    reminders.remind(at=moment)
    send_due(at=moment)
    return sorted((it.to[0], it.body.partition("\n")[0]) for it in mail.outbox)


def way_out(body: str) -> str:
    return "/no-more-mails/" + body.rpartition("/no-more-mails/")[2].strip()


def test_three_mails_come_and_no_fourth():
    hall = over_days()
    [ben] = seated(hall, "BE")
    remind(ben)
    assert sent(NOW)[0][1].startswith("You asked to be reminded of “Spring convening”.")
    assert sent(at(2, 8, 59)) == []
    assert sent(at(2)) == [(ADDRESS, "“Spring convening” ends soon.")]
    assert sent(at(1)) == sent(at(0, 8, 59)) == []
    assert sent(at(0)) == [(ADDRESS, "“Spring convening” ends today.")]
    assert sent(at(0, 9, 1)) == sent(at(0, 23)) == []


def test_a_mail_says_until_when_leads_in_and_names_no_answer():
    hall = over_days()
    [ben] = seated(hall, "BE")
    ben.fill("33.........")
    remind(ben)
    send_due(at=NOW)
    [letter] = mail.outbox
    day = f"{SOON:%A} {SOON.day} {SOON:%B}"
    assert letter.subject == f"Open until {day}"
    assert f"http://testserver/j/{hall.room.join_token}/" in letter.body
    assert ben.secret not in letter.body
    assert OutboxMail.objects.get().to == ""


def test_everybody_who_asked_is_written_to_finished_or_not():
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    seated(hall, "DA")
    remind(ben), remind(cleo, "cleo@example.org")
    ben.fill()
    sent(NOW)
    assert [to for to, _words in sent(at(2))] == [ADDRESS, "cleo@example.org"]


def test_a_server_that_was_down_for_both_sends_the_last_one_only():
    hall = over_days()
    [ben] = seated(hall, "BE")
    remind(ben)
    sent(NOW)
    assert [words for _to, words in sent(at(0, 11))] == ["“Spring convening” ends today."]
    assert sent(at(0, 12)) == []


def test_who_asks_on_the_last_day_is_told_once():
    hall = over_days()
    [ben] = seated(hall, "BE")
    remind(ben, moment=at(0, 10))
    assert len(sent(at(0, 10))) == 1
    assert sent(at(0, 11)) == []


def test_a_day_that_is_moved_brings_no_fourth_mail():
    hall = over_days()
    [ben] = seated(hall, "BE")
    remind(ben)
    assert [len(sent(NOW)), len(sent(at(2)))] == [1, 1]
    later = SOON + timedelta(days=4)
    days.keep_open(by=hall.leader, room=hall.room, until_on=later, at=at(1))
    assert sent(at(0)) == sent(at(-2)) == []
    assert len(sent(at(-4))) == 1


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        # The clocks are changed between the two mails, or in the very night before the last.
        ("Europe/Berlin", date(2030, 3, 31), "2030-03-31T07:00"),
        ("America/New_York", date(2030, 11, 3), "2030-11-03T14:00"),
        ("Pacific/Auckland", date(2030, 9, 29), "2030-09-28T20:00"),
    ],
)
def test_the_last_morning_is_nine_oclock_where_the_room_is(zone, day, moment):
    hall = over_days(time_zone=zone)
    [ben] = seated(hall, "BE")
    remind(ben)
    type(hall.session).everywhere.filter(id=hall.session.id).update(until_on=day)
    Reminder.everywhere.update(is_told_soon=True)
    nine = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    OutboxMail.objects.all().delete()
    assert sent(nine - timedelta(minutes=1)) == []
    assert [words for _to, words in sent(nine)] == ["“Spring convening” ends today."]


# -- the way out -------------------------------------------------------------------------------------------


def test_every_mail_has_a_way_out_that_asks_for_nothing_but_a_press():
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    remind(ben), remind(cleo, "cleo@example.org")
    send_due(at=NOW)
    [letter] = [it for it in mail.outbox if it.to == [ADDRESS]]
    stranger, link = Device(), way_out(letter.body)
    page = stranger.get(link)
    assert (page.status_code, says(page, "Send me no more mails")) == (200, True)
    assert Reminder.everywhere.exclude(address="").count() == 2, "looking changes nothing"
    assert says(stranger.post(link), "You get no more of these mails")
    assert sent(at(2)) == [("cleo@example.org", "“Spring convening” ends soon.")]
    assert stranger.post(link).status_code == 200, "pressed twice, or after the day"


def test_a_made_up_key_stops_nobodys_mails():
    hall = over_days()
    [ben] = seated(hall, "BE")
    remind(ben)
    assert Device().post(f"/no-more-mails/{'0' * 32}/").status_code == 200
    assert Reminder.everywhere.get().address == ADDRESS


def test_one_leaves_an_address_on_ones_page_and_takes_it_back():
    hall = over_days()
    [ben] = seated(hall, "BE")
    base = f"/r/{hall.id}/"
    wrong = ben.device.post(f"{base}reminder/", {"address": "ben at school"})
    assert (wrong.status_code, says(wrong, "This is not a mail address.")) == (422, True)
    assert 'value="ben at school"' in text_of(wrong)
    assert ben.device.post(f"{base}reminder/", {"address": ADDRESS})["Location"] == f"{base}team/"
    assert says(ben.device.get(f"{base}team/"), f"Mail goes to {ADDRESS}")
    ben.device.post(f"{base}reminder/remove/")
    assert Reminder.everywhere.get().address == ""
    assert ADDRESS not in text_of(ben.device.get(f"{base}team/"))
    assert len(sent(NOW + timedelta(hours=1))) == 1, "the one that was promised at once"
    assert sent(at(2)) == []


def test_an_address_is_left_three_times_at_most():
    hall = over_days()
    [ben] = seated(hall, "BE")
    for one in ("a", "b", "c"):
        remind(ben, f"{one}@example.org")
    with pytest.raises(Refused, match="three times already"):
        remind(ben, "d@example.org")
    response = ben.device.post(f"/r/{hall.id}/reminder/", {"address": "d@example.org"})
    assert (response.status_code, says(response, "three times already")) == (422, True)
    assert Reminder.everywhere.get().address == "c@example.org"


def test_there_is_nothing_to_be_reminded_of_in_a_session_that_is_led():
    hall, live = over_days(), opened()
    (ben,), (ivo,) = seated(hall, "BE"), seated(live, "IV")
    remind(ben)
    with pytest.raises(Refused, match="nothing to be reminded of"):
        remind(ivo)
    assert live.id and ivo.device.post(f"/r/{live.id}/reminder/", {"address": ADDRESS}).status_code == 403
    with pytest.raises(Refused):
        reminders.remind_me(by=ben.viewer, seat_id=ben.seat_id, address="x@example.org", at=NOW) or remind(
            ivo
        )


def test_addresses_are_gone_when_boards_open_and_when_people_come_together():
    hall, other = over_days(), over_days()
    (ben,), (ivo,) = seated(hall, "BE"), seated(other, "IV")
    remind(ben), remind(ivo)
    days.gather(by=other.leader, room=other.room, at=NOW)
    assert [it.session_id for it in Reminder.everywhere.all()] == [hall.session.id]
    days.end_days(at=at(-1, 0))
    assert Reminder.everywhere.count() == 0


def test_who_has_left_or_a_room_that_is_closed_is_not_written_to():
    hall, closed = over_days(), over_days()
    ben, cleo = seated(hall, "BE", "CL")
    [ivo] = seated(closed, "IV")
    remind(ben), remind(cleo, "cleo@example.org"), remind(ivo, "ivo@example.org")
    sent(NOW)
    rooms.remove_seat(by=hall.leader, seat=cleo.seat, at=NOW)
    closed.close()
    assert [to for to, _words in sent(at(2))] == [ADDRESS]


def test_who_left_one_address_in_two_seats_gets_one_mail():
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    remind(ben), remind(cleo, ADDRESS.upper())
    sent(NOW)
    assert len(sent(at(2))) == 1
    assert sent(at(2, 10)) == []


# -- without a name ----------------------------------------------------------------------------------------


def test_under_the_anonymous_rung_no_seat_stands_with_an_address():
    hall = over_days(rung="anonymous")
    [ben] = seated(hall, "BE")
    remind(ben)
    kept = Reminder.everywhere.get()
    assert (kept.seat_id, kept.address) == (None, ADDRESS)
    assert says(ben.device.get(f"/r/{hall.id}/team/"), f"Mail goes to {ADDRESS}")
    told = " ".join(str(value) for value in vars(kept).values())
    assert ben.seat_id not in told
    assert ben.key not in told
    reminders.forget_me(by=ben.viewer, seat_id=ben.seat_id, at=NOW)
    assert Reminder.everywhere.get().address == ""


def test_a_device_that_makes_itself_new_keys_leaves_no_more_addresses_than_there_are_people():
    hall = over_days(rung="anonymous")
    ben, _cleo = seated(hall, "BE", "CL")
    for number in range(2):
        ben.ballot = f"another {number}"
        remind(ben, f"{number}@example.org")
    ben.ballot = "one more"
    with pytest.raises(Refused, match="As many addresses"):
        remind(ben, "2@example.org")
    assert Reminder.everywhere.count() == 2


def test_whoever_waits_reads_nobody_s_initials_for_a_misspelt_address():
    """The page that an address is typed on shows who is in the team."""
    hall = over_days()
    ben, cleo = seated(hall, "BE", "CL")
    hall.open()
    assert says(cleo.device.post(f"/r/{hall.id}/reminder/", {"address": "?"}), "BE")
    for person in (ben, cleo):
        person.fill()
    hall.reveal()
    gale = hall.sit("GA")
    assert gale.seat.is_waiting
    answer = gale.device.post(f"/r/{hall.id}/reminder/", {"address": "?"})
    assert answer.status_code == 403
    assert not says(answer, "BE")
