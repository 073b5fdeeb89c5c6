"""What a facilitator starts, sees and does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubcraft.apps.networks.models import Network, Team
from hubcraft.apps.notices.actions import MOST_TRIES, promise_mail, send_due
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.rooms.models import Room
from hubcraft.apps.rooms.queries import list_teams
from tests.cast import convening
from tests.device import Device, links_of, says, text_of
from tests.homes import trail
from tests.make import ALONE, NORTH_SHORE, NOW, RIVERBEND, Hall, opened, seated, start

pytestmark = pytest.mark.django_db


def begin(**fields: str):
    device = Device()
    domain = start().session.domain
    return device, device.post("/start/", {"domain": domain, "rung": "initials", **fields})


def test_a_room_is_started_without_an_account():
    device, response = begin(
        title="Spring", teams="Riverbend hub\n\nriverbend\nNorth Shore", planned_size="30"
    )
    assert response.status_code == 302
    room = Room.objects.get(title="Spring")
    assert [it.name for it in list_teams(room.id)] == ["Riverbend hub", "North Shore"]
    assert (room.planned_size, room.state) == (30, "lobby")
    assert device.get(response["Location"]).status_code == 200
    assert Device().get(response["Location"]).status_code == 404


def test_every_team_that_comes_has_a_network_of_its_own():
    start()
    assert Team.everywhere.count() == Network.objects.filter(is_provisional=True).count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"domain": ""}, "Choose a domain."),
        ({"rung": "secret"}, ""),
        ({"planned_size": "many"}, "Write a number of people"),
        ({"teams": "x" * 61}, "Sixty characters at most"),
        ({"title": "x" * 121}, "120 characters at most"),
        ({"rung": "anonymous", "is_open_board": "on"}, "so it can't be anonymous"),
    ],
)
def test_a_room_that_can_not_be_started_says_why(fields, sentence):
    _device, good = begin()
    _device, bad = begin(**fields)
    assert (good.status_code, bad.status_code) == (302, 422)
    assert says(bad, sentence)


def test_the_key_moves_from_the_link_into_a_cookie():
    hall = opened()
    for page, key in (("lead", hall.key), ("projector", key_of(hall))):
        device = Device()
        response = device.get(f"/r/{hall.id}/{page}/?key={key}")
        assert (response.status_code, response["Location"]) == (302, f"/r/{hall.id}/{page}/")
        assert device.get(response["Location"]).status_code == 200
        assert Device().get(f"/r/{hall.id}/{page}/?key={key[:-1]}x").status_code == 404


def key_of(hall: Hall) -> str:
    from hubcraft.apps.rooms.queries import projector_key

    return projector_key(hall.room)


def test_the_facilitators_key_is_kept_nowhere():
    hall = opened()
    assert hall.key not in str(list(Room.objects.values()))


def test_the_facilitator_sees_who_has_finished_and_how_many():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    lead = hall.lead_device()
    page = lead.get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/")
    assert text_of(page).count("<span>finished") == 0
    ben.fill()
    page = lead.get(f"/r/{hall.id}/lead/teams/{hall.team(RIVERBEND)}/")
    assert text_of(page).count("<span>finished") == 1
    assert says(lead.get(f"/r/{hall.id}/lead/"), "1 of 2")


def test_a_board_on_which_nobody_stands_is_not_offered_to_be_opened():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    lead = f"/r/{hall.id}/lead/"
    assert not says(hall.lead_device().get(lead), "Open with those we have")
    ben.fill()
    assert says(hall.lead_device().get(lead), "Open with those we have")


def test_taking_part_as_the_facilitator_gives_no_extra_sight():
    hall = opened()
    ben, _cleo = seated(hall, "BE", "CL")
    ben.fill("4" * 11)
    both = hall.lead_device()
    both.post(f"/r/{hall.id}/join/", {"initials": "AD", "team": hall.team(RIVERBEND)})
    assert both.get(f"/r/{hall.id}/lead/").status_code == 200
    assert both.follow(f"/r/{hall.id}/board/").address == f"/r/{hall.id}/look-fors/1/"
    assert "checked" not in text_of(both.get(f"/r/{hall.id}/look-fors/"))


def test_teams_and_seats_of_another_room_are_not_there():
    hall, other = opened(), opened()
    [ben], [olga] = seated(hall, "BE"), seated(other, "OL")
    lead, base = hall.lead_device(), f"/r/{hall.id}/lead"
    for mine, theirs in ((ben, olga),):
        assert lead.get(f"{base}/teams/{mine.seat.team_id}/").status_code == 200
        assert lead.get(f"{base}/teams/{theirs.seat.team_id}/").status_code == 404
        for act in ("team", "merge", "removal"):
            assert lead.post(f"{base}/seats/{theirs.seat_id}/{act}/", {"team": ALONE}).status_code == 404
        for act in ("name", "merge", "reveal"):
            assert lead.post(f"{base}/teams/{theirs.seat.team_id}/{act}/", {"name": "x"}).status_code == 404
        assert lead.post(f"{base}/seats/{mine.seat_id}/removal/").status_code == 302
    assert (ben.seat.removed_by, olga.seat.removed_by) == ("facilitator", "")


def test_a_projector_can_only_look():
    hall = opened()
    projector = hall.projector_device()
    assert projector.get(f"/r/{hall.id}/projector/").status_code == 200
    assert projector.get(f"/r/{hall.id}/lead/").status_code == 404
    assert projector.post(f"/r/{hall.id}/projector/").status_code == 405


def test_the_screen_names_nobody():
    hall = convening("rating")
    screen = text_of(hall.projector_device().get(f"/r/{hall.id}/projector/"))
    assert "7 of 9 have finished" in screen
    labels = [it.seat.label for it in hall.people.values()]
    assert [it for it in [*labels, RIVERBEND, NORTH_SHORE] if f">{it}<" in screen] == []


def test_the_link_is_mailed_and_the_address_forgotten():
    hall = start(title="Spring\r\nBcc: everybody@example.org")
    lead = hall.lead_device()
    address = f"/r/{hall.id}/lead/mail/"
    assert lead.post(address, {"address": "nonsense"}).status_code == 422
    assert lead.post(address, {"address": "ada@example.org"}).status_code == 302
    assert send_due(at=NOW + timedelta(days=1500)) == 1
    [sent] = mail.outbox
    assert (sent.to, "\n" in sent.subject) == (["ada@example.org"], False)
    assert f"/r/{hall.id}/lead/?key={hall.key}" in sent.body
    assert OutboxMail.objects.values_list("to", "words", "subject").get() == ("", "", "")
    assert send_due(at=NOW + timedelta(days=1900)) == 0


def test_a_mail_that_can_not_be_sent_is_tried_again_and_given_up(settings, tmp_path):
    promise_mail(to="ada@example.org", subject="Hello", words="Hello", at=NOW)
    settings.EMAIL_BACKEND = "tests.apps.facilitation.broken_mail.Backend"
    assert send_due(at=NOW) == 0
    assert send_due(at=NOW) == 0, "not at once"
    for day in range(2, 30):
        send_due(at=NOW + timedelta(days=day))
    mail = OutboxMail.objects.get()
    assert (mail.tries, mail.to, mail.words) == (MOST_TRIES, "", ""), "a key does not lie about for ever"


def test_the_trail_says_who_did_what_in_this_room():
    hall = opened()
    ben, cleo = seated(hall, "BE", "CL")
    ben.fill(), cleo.fill()
    hall.reveal(by=ben.viewer)
    assert trail(room=hall.id) == [
        ("a facilitator", "started a room"),
        ("the facilitator", "let everyone begin"),
        ("BE", "joined"),
        ("CL", "joined"),
        ("the team", "opened a board"),
    ]


# -- pages -------------------------------------------------------------------------------------------------


def counted(device: Device, address: str) -> tuple[int, list[str]]:
    """How many questions a page asks the database, and what it writes."""
    device.client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert device.client.get(address).status_code == 200
    words = [it["sql"] for it in asked.captured_queries]
    written = [it for it in words if it.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    return len(words), written


@pytest.mark.parametrize("page", ["lead", "projector", "team", "board", "join", "lead/teams/alone"])
def test_a_page_asks_as_much_for_one_row_as_for_three(page):
    counts = set()
    for size in (1, 3):
        hall = opened(teams=[f"School {at}" for at in range(size)], is_open_board=page == "board")
        for at in range(size):
            for each in range(size):
                hall.sit(f"P{each}", f"School {at}").fill("1234?-1234." if page == "team" else "1234?-12341")
        for at in range(size):
            hall.sit(f"A{at}", ALONE)
        [some] = seated(hall, "ZZ", team="School 0")
        device = {
            "lead": hall.lead_device(),
            "projector": hall.projector_device(),
            "join": hall.door_device(),
        }
        looking = device.get(page.partition("/")[0], some.device)
        count, written = counted(looking, f"/r/{hall.id}/{page}/")
        counts.add(count)
        assert written == []
    assert len(counts) == 1, counts


@pytest.mark.parametrize("stage", ["lobby", "rating", "revealed"])
def test_looking_changes_nothing(stage):
    hall = convening(stage)
    pages = (
        "",
        "lobby",
        "look-fors",
        "look-fors/1",
        "team",
        "board",
        "late",
        "seat",
        "pass",
        "join",
        "mine.css",
    )
    visits = [(hall.ben.device, it) for it in pages] + [(hall.lead_device(), "lead")]
    visits += [(hall.finn.device, "board"), (hall.projector_device(), "projector")]
    visits += [
        (device, f"{it}/?part=live") for device, it in visits if it in ("team", "board", "lead", "projector")
    ]
    with CaptureQueriesContext(connection) as asked:
        for device, page in visits:
            address = f"/r/{hall.id}/{page}"
            device.client.get(address if page in ("", "mine.css") or "?" in page else f"{address}/")
        for address in ("/", "/help/", "/join/", "/start/", f"/j/{hall.room.join_token}/"):
            Device().client.get(address)
    words = [it["sql"].split()[0] for it in asked.captured_queries]
    assert len(words) > 50
    assert set(words) & {"INSERT", "UPDATE", "DELETE"} == set()


@pytest.mark.parametrize("stage", ["lobby", "rating", "revealed"])
def test_every_link_on_every_page_works(stage):
    hall = convening(stage)
    looking = [(hall.ben.device, f"/r/{hall.id}/"), (hall.finn.device, f"/r/{hall.id}/")]
    looking += [(hall.lead_device(), f"/r/{hall.id}/lead/"), (hall.noor.device, f"/r/{hall.id}/")]
    looking += [(hall.people["Lea"].device, f"/r/{hall.id}/")] if stage == "revealed" else []
    for device, beginning in looking:
        seen, waiting = set(), {beginning}
        while waiting:
            address = waiting.pop()
            seen.add(address)
            response = device.follow(address)
            assert response.status_code == 200, address
            if response["Content-Type"].startswith("text/html"):
                found = {it.partition("#")[0] for it in links_of(text_of(response))}
                # One look-for is like another.
                waiting |= {
                    it for it in found - seen if "look-fors/" not in it or it.endswith(("fors/", "/1/"))
                }


def test_a_merged_team_is_gone_for_its_old_address():
    hall = opened()
    seated(hall, "IV", team=NORTH_SHORE)
    lead, north = hall.lead_device(), hall.team(NORTH_SHORE)
    assert lead.get(f"/r/{hall.id}/lead/teams/{north}/").status_code == 200
    lead.post(f"/r/{hall.id}/lead/teams/{north}/merge/", {"into": hall.team(RIVERBEND)})
    assert lead.get(f"/r/{hall.id}/lead/teams/{north}/").status_code == 404
    assert [it.name for it in list_teams(hall.id)] == [RIVERBEND]
