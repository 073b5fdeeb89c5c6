"""A hub makes a framework its own, and nobody else ever sees it."""

import io
import re
import secrets
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hubcraft.apps.audit.models import TrailEntry
from hubcraft.apps.facilitation.exports.paper import paper_of_pack, rubric_told
from hubcraft.apps.frameworks.actions import install_shipped_packs
from hubcraft.apps.frameworks.actions import own as actions
from hubcraft.apps.frameworks.models import BroughtPack, InstalledPack, OwnFramework
from hubcraft.apps.frameworks.queries import known_pack, list_domains, list_packs, newest_pack, pack_of
from hubcraft.apps.frameworks.queries.library import find_lines, list_frameworks
from hubcraft.apps.insights.actions.merging import unite
from hubcraft.apps.networks.models import Role, Team
from hubcraft.apps.networks.queries import viewer_of
from hubcraft.apps.people.models import Person
from hubcraft.apps.reflections.models import ReflectionSession
from hubcraft.content import read_pack
from hubcraft.content.packing import files_of
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.insights.test_waves import LOOK_FOR, PRACTICE, directions, held
from tests.files import words_of_word
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW

pytestmark = pytest.mark.django_db

TRUST = "domain-1/develop-the-hub-as-a-team/trust"
OURS = "We say what we promised, each time."


@pytest.fixture(autouse=True)
def _packs():
    install_shipped_packs(at=NOW)


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return signed_in(make_account("Rosa", hub=hub, role=Role.HUB_LEADER))


@pytest.fixture
def member(hub):
    return signed_in(make_account("Mo", hub=hub, role=Role.MEMBER))


@pytest.fixture
def stranger():
    other = make_hub(make_network("Other"), "Other")
    return signed_in(make_account("Otto", hub=other, role=Role.HUB_LEADER))


def once():
    return secrets.token_hex(16)


def home(hub):
    return f"{hub_address(hub)}own-framework/"


def take_over(who, hub, name="Our way"):
    answer = who.post(home(hub), {"pack": "hub-leadership", "words-en": name, "once": once()})
    assert answer.status_code == 302, answer.content.decode()


def reword(who, hub, line=TRUST, words=OURS, **more):
    answer = who.post(f"{home(hub)}words/{line}/", {"words-en": words, "once": once(), **more})
    assert answer.status_code == 302, answer.content.decode()


def press(who, hub, do, line=TRUST):
    domain = line.partition("/")[0]
    return who.post(f"{home(hub)}domains/{domain}/", {"line": line, "do": do, "once": once()})


def publish(who, hub, **more):
    count = len(OwnFramework.objects.get(team=hub).changes)
    answer = who.post(f"{home(hub)}publish/", {"changes": count, **more})
    assert answer.status_code == 302, answer.content.decode()
    return InstalledPack.objects.filter(team=hub).order_by("version").last()


def look_for(row, line=TRUST):
    pack = pack_of(row.id)
    return next(it for it in pack.domain(f"{pack.id}/domain-1").look_fors if it.key == f"{pack.id}/{line}")


def page(who, address):
    answer = who.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def words_in(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_what_is_taken_over_says_where_each_line_comes_from(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    pack, original = pack_of(row.id), pack_of(newest_pack().id)
    assert (row.version, row.parent_id, pack.name["en"]) == ("1.0.0", newest_pack().id, "Our way")
    assert pack.id.startswith("own-")
    for mine, theirs in zip(pack.domains, original.domains, strict=True):
        assert [it.origin for it in mine.practices] == [it.key for it in theirs.practices]
        assert [it.origin for it in mine.look_fors] == [it.key for it in theirs.look_fors]
        assert [it.status for it in mine.look_fors if it.key != look_for(row).key] == [
            it.status for it in theirs.look_fors if it.key != look_for(row).origin
        ]


def test_changed_words_are_the_hub_s_and_the_authors_stand_beside_them(rosa, hub):
    take_over(rosa, hub)
    before = words_in(page(rosa, f"{home(hub)}domains/domain-1/"))
    assert "Your hub’s words" not in before
    reword(rosa, hub)
    shown = words_in(page(rosa, f"{home(hub)}domains/domain-1/"))
    assert OURS in shown
    assert "The authors’ words: " in shown
    row = publish(rosa, hub)
    assert look_for(row).status == "own"
    # In no other language the old words are said beside the new ones.
    assert dict(look_for(row).text.words) == {"en": OURS}
    assert look_for(row).text.in_("es") == OURS


def test_the_words_from_before_are_put_back_whole(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    press(rosa, hub, "put-back")
    press(rosa, hub, "down")
    mine, theirs = look_for(publish(rosa, hub)), pack_of(newest_pack().id).domain("hub-leadership/domain-1")
    was = next(it for it in theirs.look_fors if it.key == mine.origin)
    assert (mine.source, mine.status, mine.sources) == (was.source, was.status, was.sources)


def test_lines_are_added_moved_hidden_and_shown_again(rosa, hub):
    take_over(rosa, hub)
    practice = TRUST.rpartition("/")[0]
    answer = rosa.post(f"{home(hub)}add/{practice}/", {"words-es": "Nos escuchamos.", "once": once()})
    assert answer.status_code == 302
    added = answer["Location"].partition("#")[2]
    line = f"{practice}/{added.rpartition('-own-')[2] and 'own-' + added.rpartition('-own-')[2]}"
    press(rosa, hub, "up", line)
    press(rosa, hub, "hide")
    first = publish(rosa, hub)
    keys = [it.key.partition("/")[2] for it in pack_of(first.id).domain(f"{first.pack}/domain-1").look_fors]
    assert line in keys
    assert TRUST not in keys
    assert look_for(first, line).text.in_("en") == "Nos escuchamos."
    assert look_for(first, line).origin == ""
    press(rosa, hub, "show")
    second = publish(rosa, hub)
    assert (second.version, second.parent_id) == ("1.1.0", first.id)
    assert look_for(second).status == "published"


def test_it_says_what_was_changed_since_when(rosa, hub):
    yet, since = "Nothing has been changed yet.", "Nothing has been changed since the last version."

    def told():
        shown = words_in(page(rosa, home(hub)))
        return (yet in shown, since in shown)

    take_over(rosa, hub)
    assert told() == (True, False)
    reword(rosa, hub)
    assert told() == (False, False)
    publish(rosa, hub)
    assert told() == (False, True)


def test_undoing_goes_back_step_by_step_as_far_as_the_last_version(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub, words="One.")
    publish(rosa, hub)
    reword(rosa, hub, words="Two.")
    reword(rosa, hub, words="Three.")

    def undo():
        last = OwnFramework.objects.get(team=hub).changes[-1]["id"]
        assert rosa.post(f"{home(hub)}undo/", {"change": last}).status_code == 302
        return words_in(page(rosa, f"{home(hub)}domains/domain-1/"))

    assert "Two." in undo()
    assert "One." in undo()
    # What is in a version is undone no more.
    assert "One." in undo()


def test_a_form_sent_twice_is_one_change_one_framework_one_version(rosa, hub):
    number = once()
    for _time in range(2):
        rosa.post(home(hub), {"pack": "hub-leadership", "words-en": "Ours", "once": number})
    assert OwnFramework.objects.filter(team=hub).count() == 1
    for _time in range(2):
        rosa.post(f"{home(hub)}words/{TRUST}/", {"words-en": OURS, "once": number})
    assert len(OwnFramework.objects.get(team=hub).changes) == 1
    for _time in range(2):
        assert rosa.post(f"{home(hub)}publish/", {"changes": 1}).status_code == 302
    assert InstalledPack.objects.filter(team=hub).count() == 1


def test_a_page_that_was_read_before_somebody_else_changed_it_makes_no_version(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    reword(rosa, hub, words="Another.")
    answer = rosa.post(f"{home(hub)}publish/", {"changes": 1})
    assert answer.status_code == 409
    assert not InstalledPack.objects.filter(team=hub).exists()
    publish(rosa, hub)


@pytest.mark.parametrize("words", ["<b>Bold</b>", "A * alone", "x" * 2001, "", "Turned \u202e round"])
def test_words_that_no_pack_may_hold_are_refused_with_a_sentence(rosa, hub, words):
    take_over(rosa, hub)
    answer = rosa.post(f"{home(hub)}words/{TRUST}/", {"words-en": words, "once": once()})
    assert answer.status_code == 422
    assert "before you go on" in answer.content.decode()
    assert OwnFramework.objects.get(team=hub).changes == []


def test_members_read_it_and_change_nothing(rosa, member, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    shown = page(member, f"{home(hub)}domains/domain-1/")
    assert OURS in shown
    assert "<button" not in shown.partition("<main")[2]
    for there in (
        f"words/{TRUST}/",
        f"add/{TRUST.rpartition('/')[0]}/",
        "name/",
        "publish/",
        "end/",
        "bring/",
    ):
        assert rosa.get(f"{home(hub)}{there}").status_code == 200
        assert member.get(f"{home(hub)}{there}").status_code == 404
        assert member.post(f"{home(hub)}{there}", {"once": once()}).status_code == 404
    assert press(member, hub, "hide").status_code == 404
    assert member.post(f"{home(hub)}undo/", {"change": "x"}).status_code == 404
    assert member.get(f"{home(hub)}versions/{row.id}/").status_code == 200


def test_nobody_else_lists_finds_reads_or_starts_with_it(rosa, member, stranger, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    domain = f"{row.pack}/domain-1"
    # Those of the hub are offered it; the room they start is about it.
    for theirs in (rosa, member):
        assert "Our way" in page(theirs, f"/start/?pack={row.pack}")
    form = {"domain": domain, "rung": "initials", "once": once(), "teams": "Elm"}
    assert rosa.post("/start/", form).status_code == 302
    assert ReflectionSession.everywhere.get(domain=domain).pack_id == row.id
    assert OURS in page(rosa, f"{hub_address(hub)}framework/{row.pack}/{TRUST}/")
    # Nobody else.
    for other in (stranger, signed_in(make_account("Nemo"))):
        assert "Our way" not in page(other, f"/start/?pack={row.pack}")
        assert other.post("/start/", form | {"once": once()}).status_code == 422
        assert row.pack not in page(other, f"/paper/?domain={domain}")
        assert row.pack not in page(other, "/framework/")
        assert other.get(f"/framework/{domain}/").status_code == 404
        assert other.get(f"/framework/{row.pack}/{TRUST}/").status_code == 404
        for there in ("", "domains/domain-1/", f"versions/{row.id}/", "bring/", "publish/"):
            assert other.get(home(hub) + there).status_code == 404
    assert row.pack not in {it.key for it in list_packs("en")}
    assert known_pack(row.pack) == "hub-leadership"
    assert known_pack(row.pack, (hub.id,)) == row.pack
    with pytest.raises(NotThere):
        newest_pack(row.pack)
    assert row.pack not in {it.pack for it in list_frameworks("en")}
    assert find_lines(["promised", "each", "time"], "en") == ()
    assert ReflectionSession.everywhere.filter(domain=domain).count() == 1


def test_not_even_the_hub_s_own_people_find_it_where_everybody_reads(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    assert rosa.get(f"/framework/{row.pack}/domain-1/").status_code == 404
    assert rosa.get("/framework/hub-leadership/domain-1/").status_code == 200


def upload(who, hub, content, name="pack.zip"):
    return who.post(f"{home(hub)}bring/", {"once": once(), "file": SimpleUploadedFile(name, content)})


def test_a_version_goes_along_as_a_file_and_another_hub_brings_it_in(rosa, stranger, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    file = rosa.get(f"{home(hub)}versions/{row.id}/").content
    assert read_pack(file).to_json() == row.content
    other = make_hub(make_network("Third"), "Third")
    pia = signed_in(make_account("Pia", hub=other, role=Role.HUB_LEADER))
    assert upload(pia, other, file).status_code == 302
    assert "Our way" in page(pia, f"{home(other)}bring/")
    assert not OwnFramework.objects.filter(team=other).exists()
    for _time in range(2):
        assert pia.post(f"{home(other)}bring/", {"do": "take", "once": once()}).status_code == 302
    mine = OwnFramework.objects.get(team=other)
    assert mine.pack not in (row.pack, "hub-leadership")
    assert not BroughtPack.objects.filter(team=other).exists()
    shown = words_in(page(pia, f"{home(other)}domains/domain-1/"))
    assert OURS in shown
    assert "A hub’s words, as you took them over" in shown
    # Its lines still say where they came from first.
    press(pia, other, "down")
    origins = {it.origin for it in pack_of(publish(pia, other).id).domains[0].look_fors}
    assert f"hub-leadership/{TRUST}" in origins


def zipped(**files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, words in files.items():
            opened.writestr(name.replace("__", "/").replace("_toml", ".toml"), words)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        b"",
        zipped(pack_toml='id = "x'),
        zipped(pack_toml="x" * 100_000),
        zipped(**{"..__..__etc_toml": "a = 1"}),
        b"PK" + b"0" * 200_001,
    ],
    ids=["no zip", "empty", "no TOML", "a bomb", "a way out", "too large"],
)
def test_a_hostile_file_is_refused_with_a_sentence_and_leaves_nothing(rosa, hub, content):
    answer = upload(rosa, hub, content)
    assert answer.status_code == 422
    assert "before you go on" in answer.content.decode()
    assert not BroughtPack.everywhere.exists()
    assert not OwnFramework.everywhere.exists()


def test_mistakes_of_a_file_say_where_they_are_and_what_to_do(rosa, hub):
    row = newest_pack()
    files = files_of(pack_of(row.id))
    files["domain-1.toml"] = files["domain-1.toml"].replace("goal.en", "gaol.en", 1)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, words in files.items():
            opened.writestr(name, words)
    told = words_in(upload(rosa, hub, written.getvalue()).content.decode())
    assert "domain-1.toml, line" in told
    assert "gaol" in told


def test_what_was_put_away_is_gone_and_its_versions_stay(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    reword(rosa, hub, words="Not in a version.")
    assert "1 change that is in no version" in words_in(page(rosa, f"{home(hub)}end/"))
    rosa.post(f"{home(hub)}end/", {"pack": row.pack})
    assert not OwnFramework.objects.filter(team=hub).exists()
    assert "Our way" in page(rosa, home(hub))
    # It can be begun anew from the version.
    assert rosa.post(home(hub), {"pack": row.pack, "words-en": "Anew", "once": once()}).status_code == 302
    assert OURS in page(rosa, f"{home(hub)}domains/domain-1/")


def test_where_two_hubs_become_one_both_frameworks_go_along(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    row = publish(rosa, hub)
    other = Team.objects.create(network=hub.network, name="Elm", made_at=NOW)
    unite(other, hub, NOW)
    row.refresh_from_db()
    assert row.team_id == other.id
    assert OwnFramework.objects.get(team=other).pack == row.pack


def test_the_trail_says_who_did_what_and_none_of_the_words(rosa, hub):
    take_over(rosa, hub)
    reword(rosa, hub)
    publish(rosa, hub)
    told = list(TrailEntry.objects.filter(network=hub.network_id).values_list("did", "thing"))
    assert [did for did, _thing in told if "framework" in did] == [
        "took a framework over",
        "changed their own framework",
        "made a version of their own framework",
    ]
    assert OURS not in str(told)


def test_an_action_refuses_whoever_does_not_lead(member, hub):
    by = viewer_of(Person.objects.get(name="Mo"))
    with pytest.raises(Refused):
        actions.begin(by=by, hub=hub, pack="hub-leadership", words={"en": "X"}, once=once(), at=NOW)


def test_what_still_means_the_same_is_compared_with_the_version_before_and_nothing_else(rosa, hub):
    take_over(rosa, hub)
    lines = [
        it.key.partition("/")[2]
        for it in pack_of(newest_pack().id).domain("hub-leadership/domain-1").look_fors
    ]
    same, changed, gone = lines[:3]
    press(rosa, hub, "down", same)
    first = publish(rosa, hub)
    assert first.content.get("crosswalk") is None
    reword(rosa, hub, same, "The same in other words.")
    reword(rosa, hub, changed, "Something else.")
    press(rosa, hub, "hide", gone)
    shown = words_in(page(rosa, f"{home(hub)}publish/"))
    assert "The same in other words." in shown
    assert "Before:" in shown
    second = publish(rosa, hub, same=[f"{first.pack}/{same}"])
    joins = {
        (it.before or it.after)[0].partition("/")[2]: (it.fate, it.joins)
        for it in pack_of(second.id).crosswalks[0].passages
    }
    assert joins == {same: ("reworded", True), changed: ("reworded", False), gone: ("gone", False)}
    assert pack_of(second.id).crosswalks[0].version == "1.0.0"


def test_what_was_taken_over_word_by_word_is_compared_with_what_was_rated_before(rosa, hub, monkeypatch):
    leader = Person.objects.get(name="Rosa")
    held(hub, leader, PRACTICE, "22", 0)
    # What the tests' halls put beside the real one.
    InstalledPack.objects.filter(pack="hub-leadership", version="1.1.0").update(
        installed_at=NOW - timedelta(days=9)
    )
    take_over(rosa, hub)
    reword(rosa, hub, LOOK_FOR.partition("/")[2])
    row = publish(rosa, hub)
    monkeypatch.setattr(
        "tests.make.list_domains", lambda language: list_domains(language, row.pack, (hub.id,))
    )
    after = held(hub, leader, f"{row.pack}/{PRACTICE.partition('/')[2]}", "33", 30)
    assert after.session.pack_id == row.id
    # The first was reworded, the second is as it was.
    assert directions(leader, hub, after) == ["", "up"]
    board = page(rosa, f"{hub_address(hub)}boards/{after.id}/")
    assert OURS in board
    # That one alone is marked as the hub's, on screen, in files and on paper.
    assert board.count("own-mark") == 1
    told = words_of_word(rosa.get(f"{hub_address(hub)}file.docx").content)
    assert (f"{OURS} ‡" in told, told.count(" ‡")) == (True, 1)
    sheet = rubric_told(paper_of_pack(row.id, after.session.domain, language="en", size="a4"))
    signs = [runs[-1][0].endswith("‡") for practice in sheet["practices"] for runs in practice["look_fors"]]
    assert signs == [True, False]
    assert any("‡ your hub’s own words" in words for words in sheet["notes"])
