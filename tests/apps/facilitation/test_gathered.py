"""What is said of a framework's words, gathered over rooms: what facilitators may read and no more, and of no room."""

import pytest

from hubcraft.apps.facilitation.exports.wording import wording_of, wording_report
from hubcraft.apps.facilitation.models import FeedbackBox
from hubcraft.apps.facilitation.queries.gathered import gathered_page, list_gathered
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.apps.frameworks.queries import newest_pack, pack_of
from hubcraft.apps.networks.models import Team
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.apps.rooms.models import Room
from hubcraft.content import adapting
from hubcraft.domain.verdict import NotThere
from tests.apps.facilitation.test_wording import DIVERSE, POWER, WORDING, asking, comment, five_say
from tests.apps.frameworks.own_home import OWN
from tests.apps.roles.people import administrator, network, person, team, viewer
from tests.device import says, text_of
from tests.homes import signed_in
from tests.make import ALONE, NOW, rehearse, start

pytestmark = pytest.mark.django_db
AT = "/administration/wording/"


def gathered(admin) -> dict[str, list[str]]:
    """All comments of every framework, by look-for."""
    return {
        told.look_for.key: sorted(one.words for one in told.comments)
        for page in list_gathered(viewer(admin))
        for told in page.told
    }


def test_the_administrator_reads_comments_of_several_rooms_below_each_look_for():
    admin, first, second = administrator(), asking(title="Spring convening"), asking(title="Autumn convening")
    five_say(first, "first {at}"), five_say(second, "second {at}")
    device = signed_in(admin)
    page = device.get(f"{AT}{first.session.pack_id}/")
    assert text_of(page).count("<li lang") == 10
    assert says(page, "The authors’ words")
    unsaid = ("Spring convening", "Autumn convening", "Riverbend", "P0", first.id, second.id)
    assert [it for it in unsaid if it in text_of(page)] == []
    assert says(device.get(AT), "10 comments")
    order = [one.words[:5] for one in gathered_page(viewer(admin), first.session.pack_id).told[0].comments]
    keys = {
        key: slip
        for box in FeedbackBox.everywhere.filter(question=WORDING)
        for key, slip in box.slips.items()
    }
    assert order == [keys[key]["words"][:5] for key in sorted(keys)], "rooms are mixed"


def test_nobody_else_reads_it():
    hall = asking()
    five_say(hall)
    addresses = (AT, f"{AT}{hall.session.pack_id}/", f"{AT}{hall.session.pack_id}/file.docx")
    admin, nemo = signed_in(administrator()), signed_in(person("Nemo"))
    assert [admin.get(it).status_code for it in addresses] == [200, 200, 200]
    assert [nemo.get(it).status_code for it in addresses] == [404, 404, 404]
    with pytest.raises(NotThere):
        list_gathered(viewer(person("Cleo")))
    with pytest.raises(NotThere):
        gathered_page(viewer(person("Dara")), hall.session.pack_id)


def test_a_room_says_nothing_before_its_facilitator_may_read_it_and_then_the_same():
    admin, hall = administrator(), asking()
    people = [hall.sit(f"P{at}", ALONE) for at in range(8)]
    read = []
    for at, one in enumerate(people):
        comment(one, f"said by {at}")
        read.append(len(gathered(admin).get(DIVERSE, [])))
    assert read == [0, 0, 0, 0, 5, 5, 5, 8]
    comment(people[0], "changed since")
    assert "changed since" not in gathered(admin)[DIVERSE]
    comment(people[1])
    assert "said by 1" not in gathered(admin)[DIVERSE], "what is taken back is gone here too"
    hall.close()
    assert gathered(admin)[DIVERSE] == ["changed since", *(f"said by {at}" for at in range(2, 8))]


def test_rooms_below_the_floor_are_not_put_together():
    admin, halls = administrator(), [asking(), asking()]
    for hall in halls:
        five_say(hall, count=4)
        hall.close()
    assert gathered(admin) == {}
    assert signed_in(admin).get(f"{AT}{halls[0].session.pack_id}/").status_code == 404
    assert says(signed_in(admin).get(AT), "Nobody has said anything yet that you could read.")


def test_a_hub_s_own_framework_stays_with_its_facilitator():
    admin, hall = administrator(), asking()
    five_say(hall)
    assert list(gathered(admin)) == [DIVERSE]
    version = own_version(team(admin, network(admin)))
    key = DIVERSE.replace("hub-leadership", version.pack)
    ReflectionSession.everywhere.filter(room=hall.id).update(pack=version, domain=f"{version.pack}/domain-1")
    for box in FeedbackBox.everywhere.filter(question=WORDING):
        box.shown = {it: slip | {"look_for": key} for it, slip in box.shown.items()}
        box.save()
    assert gathered(admin) == {}
    assert signed_in(admin).get(f"{AT}{version.id}/").status_code == 404
    lead = hall.lead_device().get(f"/r/{hall.id}/lead/harvest/")
    assert (says(lead, "said by 0"), says(lead, "The authors’ words")) == (True, True)


def own_version(hub: Team) -> InstalledPack:
    """A hub has taken the framework over as it is."""
    taken = adapting.taken_over(pack_of(newest_pack().id), OWN, lambda text: text.words)
    pack = adapting.as_pack(taken, "1.0.0")
    more = {"digest": pack.digest, "content": pack.to_json(), "installed_at": NOW, "team": hub}
    return InstalledPack.objects.create(pack=OWN, version="1.0.0", **more)


def test_what_was_said_for_practice_does_not_count():
    admin, real, practice = administrator(), asking(), rehearse().begin()
    practice.go_to("feedback")
    five_say(practice, "for practice")
    assert gathered(admin) == {}
    five_say(real)
    assert list(gathered(admin)) == [DIVERSE]


def test_what_a_room_loses_is_gone_here_too():
    admin, hall = administrator(), asking()
    five_say(hall)
    assert len(gathered(admin)[DIVERSE]) == 5
    Room.objects.get(id=hall.id).delete()
    assert gathered(admin) == {}


def test_a_plan_that_no_longer_asks_shows_it_to_nobody():
    admin, hall = administrator(), asking()
    five_say(hall)
    run = hall.run
    run.steps = [{**it, "kind": "break"} if it["kind"] == "feedback" else it for it in run.steps]
    run.save()
    assert not says(hall.lead_device().get(f"/r/{hall.id}/lead/harvest/"), "said by 0")
    assert gathered(admin) == {}


def test_each_version_has_its_own_page():
    admin, old = administrator(), asking()
    five_say(old, "of the old words")
    new = asking(has_two_rubrics=True)
    five_say(new, "of the new words", POWER)
    assert new.session.pack_id != old.session.pack_id
    pages = {it.pack: [told.look_for.key for told in it.told] for it in list_gathered(viewer(admin))}
    assert pages == {old.session.pack_id: [DIVERSE], new.session.pack_id: [POWER]}
    page = signed_in(admin).get(f"{AT}{old.session.pack_id}/")
    assert (says(page, "of the old words"), says(page, "of the new words")) == (True, False)


def test_drafts_and_languages_are_told():
    admin = administrator()
    hall = start(script="workshop", has_drafts=True, rubric="hub-leadership/domain-1/*").begin()
    hall.go_to("feedback")
    draft = "hub-leadership/domain-1/improvement-capabilities/practise"
    spanish = "¿Qué quiere decir practicar para quien empieza?"
    for at in range(5):
        fields = {"wording-look-for": draft, "wording": spanish}
        assert hall.sit(f"P{at}", ALONE).device.post(f"/r/{hall.id}/feedback/", fields).status_code == 302
    page = text_of(signed_in(admin).get(f"{AT}{hall.session.pack_id}/"))
    assert page.count('<li lang="es"') == 5
    assert "A draft of the program’s" in page
    report = wording_report(gathered_page(viewer(admin), hall.session.pack_id), "a4", NOW)
    [table] = report.tables
    assert {(row[2], row[4], row[6]) for row in table.rows} == {(draft, "draft", "es")}


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "zip"])
def test_it_is_taken_as_a_file(kind):
    hall = asking()
    five_say(hall)
    device = signed_in(administrator())
    file = device.get(f"{AT}{hall.session.pack_id}/file.{kind}")
    assert file.status_code == 200
    assert file["Content-Disposition"].endswith(f'.{kind}"')
    assert len(file.content) > 300
    assert device.get(f"{AT}{hall.session.pack_id}/file.exe").status_code == 404


def test_a_long_file_is_made_beside_the_pages_for_the_one_who_asked(monkeypatch):
    monkeypatch.setattr("hubcraft.apps.facilitation.exports.files.LONGEST_WAIT", 0)
    admin, hall = administrator(), asking()
    five_say(hall)
    at = f"{AT}{hall.session.pack_id}/"
    asked = signed_in(admin).post(f"{at}file.docx", {})
    assert asked["Location"].startswith(f"{at}files/")
    assert signed_in(admin).get(asked["Location"]).status_code == 200
    other = signed_in(second_administrator(admin))
    assert other.get(at).status_code == 200
    assert other.get(asked["Location"]).status_code == 404
    more = {"place": hall.session.pack_id, "size": "a4", "at": NOW, "tell": lambda _done: None}
    assert len(wording_of(whose=admin.in_trail, **more).tables[0].rows) == 5
    with pytest.raises(NotThere):
        wording_of(whose=person("Cleo").in_trail, **more)


def second_administrator(admin):
    signed_in(admin).post("/administration/administrators/", {"email": "bo@example.org"})
    return type(admin).objects.get(email="bo@example.org")


def test_hostile_words_harm_nobody():
    hall = asking()
    five_say(hall, "<script>alert({at})</script>")
    page = text_of(signed_in(administrator()).get(f"{AT}{hall.session.pack_id}/"))
    assert (page.count("&lt;script&gt;alert"), "<script>alert" in page) == (5, False)


def test_many_rooms_take_no_more_questions_than_one(django_assert_max_num_queries, django_assert_num_queries):
    admin, halls = administrator(), [asking() for _ in range(3)]
    five_say(halls[0])
    by = viewer(admin)
    list_gathered(by)
    with django_assert_max_num_queries(6) as first:
        list_gathered(by)
    for hall in halls[1:]:
        five_say(hall)
    with django_assert_num_queries(len(first)):
        assert list_gathered(by)[0].comments == 15
