"""Two hubs become one: both have to say yes, neither sees more of the other before, and nobody more of what was before."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from hubcraft.apps.improvement.models import NextStep
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import merging, sharing
from hubcraft.apps.insights.models import FormerMember, Frozen, Look, Merge, Release, ReleasedGroup, TeamClaim
from hubcraft.apps.networks.models import Membership, Role, Team
from hubcraft.apps.notices.models import OutboxMail
from hubcraft.apps.records.actions import erasure
from hubcraft.apps.reflections.models import Reflection
from hubcraft.domain.verdict import NotThere, Refused
from tests.apps.improvement.test_next_steps import later
from tests.apps.insights.test_hubs import keep, name_strategy, promise
from tests.apps.insights.test_sharing import Place
from tests.cast import convening
from tests.device import says, text_of
from tests.homes import account, hub_address, make_account, make_hub, make_network, signed_in, trail
from tests.make import NOW, RIVERBEND, Hall

pytestmark = pytest.mark.django_db
THEIRS = "We call every family."


class Valley(Place):
    """Riverbend, which Rosa leads and Mia is in, and Hillside of the same network, which Olaf leads and Hal is in."""

    def __init__(self):
        super().__init__()
        self.mia = make_account("Mia", hub=self.hub)
        self.hillside = make_hub(self.network, "Hillside")
        self.olaf = make_account("Olaf", hub=self.hillside, role=Role.HUB_LEADER)
        self.hal = make_account("Hal", hub=self.hillside)
        self.other = convening("revealed")
        self.named = name_strategy(self.other.cleo, THEIRS)
        self.promised = promise(self.other.dara, "Visit the library.", is_shared=True)
        keep(self.olaf, self.other.ben, self.hillside)
        self.their_board = self.other.board(RIVERBEND)

    def ask(self, at=NOW, email="olaf@example.org") -> None:
        """Rosa asks that Riverbend becomes part of Hillside."""
        here = {"hub": self.hub, "address": "http://testserver", "at": at}
        self.asked = merging.ask(by=account(self.rosa), email=email, **here)

    def answer(self, agrees=True, by=None, at=NOW) -> None:
        more = {"hub": self.hillside, "merge_id": self.asked.id, "at": at}
        merging.answer(by=account(by or self.olaf), agrees=agrees, **more)

    def merge(self, at=NOW) -> None:
        self.ask(at=at)
        self.answer(at=at)
        self.hillside.refresh_from_db()

    def share_theirs(self, source, reach="network"):
        more = {"by": account(self.olaf), "who": "Olaf", "hub": self.hillside, "at": NOW}
        return sharing.share(source=source, reach=reach, **more)

    def page(self, person, hub=None):
        return signed_in(person).get(hub_address(hub or self.hillside))

    def board_of(self, person, board):
        return signed_in(person).get(f"{hub_address(self.hillside)}boards/{board.id}/")


@pytest.fixture
def valley():
    return Valley()


def people_of(hub) -> list[tuple[str, str]]:
    held = Membership.objects.filter(team=hub, ended_at=None).select_related("person")
    return sorted((str(it.person), it.role) for it in held)


def mails(subject: str) -> set[str]:
    return {it.to for it in OutboxMail.objects.filter(subject=subject)}


def files_of(response) -> str:
    """All that stands in a hub's tables as they are taken along."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(it).decode() for it in packed.namelist())


# -- both say yes ------------------------------------------------------------------------------------------


def test_one_asks_the_other_agrees_and_there_is_one_hub(valley):
    rosa, olaf = signed_in(valley.rosa), signed_in(valley.olaf)
    asks = f"{hub_address(valley.hub)}merge/"
    page = rosa.get(asks)
    assert says(page, "The names and roles of the 2 people") and says(page, "can’t be undone")
    assert not says(olaf.get(hub_address(valley.hillside)), "Somebody asks you")
    assert rosa.post(asks, {"email": " Olaf@example.org "})["Location"] == asks
    assert says(rosa.get(asks), "olaf@example.org")
    assert people_of(valley.hub) == [("Mia", "member"), ("Rosa", "hub-leader")]

    assert says(olaf.get(hub_address(valley.hillside)), "Somebody asks you to make two hubs one.")
    [way] = re.findall(
        rf"{hub_address(valley.hillside)}merge/\w{{32}}/",
        text_of(olaf.get(f"{hub_address(valley.hillside)}merge/")),
    )
    assert says(olaf.get(way), "Rosa, who leads Riverbend, asks")
    assert olaf.post(way, {"answer": "perhaps"}).status_code == 422
    assert olaf.post(way, {"answer": "yes"})["Location"] == hub_address(valley.hillside)

    assert people_of(valley.hillside) == [
        ("Hal", "member"),
        ("Mia", "member"),
        ("Olaf", "hub-leader"),
        ("Rosa", "hub-leader"),
    ]
    assert people_of(valley.hub) == []
    assert Team.objects.get(id=valley.hub.id).removed_at is not None
    # The old address leads on, for those who belong there.
    assert rosa.get(hub_address(valley.hub))["Location"] == hub_address(valley.hillside)
    assert signed_in(valley.lena).get(hub_address(valley.hub)).status_code == 404
    assert olaf.post(way, {"answer": "yes"}).status_code == 404


def test_everybody_of_both_and_who_leads_the_network_are_told(valley):
    valley.ask()
    assert mails("Rosa asks to make two hubs one") == {"olaf@example.org"}
    assert mails("Riverbend and Hillside are one hub now") == set()
    valley.answer()
    assert mails("Riverbend and Hillside are one hub now") == {
        f"{it}@example.org" for it in ("rosa", "mia", "olaf", "hal", "lena")
    }
    assert trail(thing=f"team {valley.hillside.id}") == [("Olaf", "made Riverbend and Hillside one hub")]
    assert trail(thing=f"team {valley.hub.id}") == [("Rosa", "asked to make Riverbend one with another hub")]


def test_a_no_changes_nothing_and_is_told_to_who_asked(valley):
    valley.ask()
    before = people_of(valley.hub), people_of(valley.hillside)
    valley.answer(agrees=False)
    assert (people_of(valley.hub), people_of(valley.hillside)) == before
    assert mails("Riverbend stays a hub of its own") == {"rosa@example.org"}
    with pytest.raises(NotThere):
        valley.answer()
    valley.merge()
    assert people_of(valley.hub) == []


def test_what_was_taken_back_ran_out_or_is_asked_by_nobody_any_more_can_t_be_agreed_to(valley):
    valley.ask()
    assert signed_in(valley.rosa).post(f"{hub_address(valley.hub)}merge/end/").status_code == 302
    with pytest.raises(NotThere):
        valley.answer()
    valley.ask(at=NOW)
    with pytest.raises(NotThere):
        valley.answer(at=NOW + timedelta(days=15))
    held = Membership.objects.filter(person=valley.rosa, team=valley.hub)
    held.update(ended_at=NOW)
    with pytest.raises(NotThere):
        valley.answer()
    held.update(ended_at=None)
    valley.answer()
    assert Team.objects.get(id=valley.hub.id).removed_at == NOW


def test_a_hub_that_went_while_its_yes_waited_takes_no_other_with_it(valley):
    dale = make_hub(valley.network, "Dale")
    dora = make_account("Dora", hub=dale, role=Role.HUB_LEADER)
    asked = merging.ask(by=account(dora), hub=dale, email="rosa@example.org", address="", at=NOW)
    rosa = account(valley.rosa)
    yes = {"by": rosa, "hub": valley.hub, "merge_id": asked.id, "agrees": True, "at": NOW}
    valley.merge()
    with pytest.raises(NotThere):
        merging.answer(**yes)
    assert people_of(dale) == [("Dora", "hub-leader")]
    yes |= {"by": account(valley.olaf), "hub": valley.hillside}
    with pytest.raises(NotThere):
        merging.answer(**yes)
    valley.rosa.refresh_from_db()
    merging.answer(**(yes | {"by": account(valley.rosa)}))
    assert people_of(dale) == []


def test_only_leaders_ask_and_only_who_was_asked_answers(valley):
    ivan = make_account("Ivan", hub=valley.hillside, role=Role.HUB_LEADER)
    with pytest.raises(Refused):
        merging.ask(by=account(valley.mia), hub=valley.hub, email="olaf@example.org", address="", at=NOW)
    for person in (valley.mia, valley.lena, valley.olaf):
        assert signed_in(person).get(f"{hub_address(valley.hub)}merge/").status_code == 404
    valley.ask()
    for person, fault in ((valley.hal, Refused), (valley.rosa, Refused), (ivan, NotThere)):
        with pytest.raises(fault):
            valley.answer(by=person)
    assert Team.objects.get(id=valley.hub.id).removed_at is None
    valley.answer()
    assert Team.objects.get(id=valley.hub.id).removed_at == NOW


def test_a_hub_of_another_network_is_neither_asked_nor_joined(valley):
    far = make_hub(make_network("Coast network"), "Harbour")
    fay = make_account("Fay", hub=far, role=Role.HUB_LEADER)
    valley.ask(email="fay@example.org")
    assert mails("Rosa asks to make two hubs one") == set()
    assert not says(signed_in(fay).get(hub_address(far)), "Somebody asks you")
    with pytest.raises(NotThere):
        merging.answer(by=account(fay), hub=far, merge_id=Merge.everywhere.get().id, agrees=True, at=NOW)
    assert Team.objects.get(id=valley.hub.id).removed_at is None


def test_asking_tells_nobody_who_leads_a_hub(valley):
    rosa, asks = signed_in(valley.rosa), f"{hub_address(valley.hub)}merge/"
    pages = []
    for name in ("olaf", "hal", "nobody"):
        assert rosa.post(asks, {"email": f"{name}@example.org"}).status_code == 302
        pages.append(text_of(rosa.get(asks)).replace(f"{name}@", "somebody@"))
    assert len(set(pages)) == 1
    assert mails("Rosa asks to make two hubs one") == {"olaf@example.org"}
    assert rosa.post(asks, {"email": "nonsense"}).status_code == 422


# -- who sees what -----------------------------------------------------------------------------------------


def test_before_both_have_said_yes_neither_sees_more_of_the_other(valley):
    valley.share(valley.strategy.id)
    valley.ask()
    waiting = Merge.everywhere.get().id
    mine = ("", "merge/", "sharing/", "trail/")
    theirs = (*mine, f"merge/{waiting}/")
    rosas = "".join(text_of(signed_in(valley.rosa).get(hub_address(valley.hub) + it)) for it in mine)
    olafs = "".join(text_of(signed_in(valley.olaf).get(hub_address(valley.hillside) + it)) for it in theirs)
    assert "We meet on Mondays." in rosas and THEIRS in olafs and "Riverbend" in olafs
    assert not any(it in rosas for it in ("Hillside", "Hal", THEIRS, "Visit the library."))
    assert not any(it in olafs for it in ("Mia", "We meet on Mondays.", "Call the schools."))
    valley.answer()
    assert says(valley.page(valley.rosa), "Hal") and says(valley.page(valley.olaf), "Mia")


def test_everybody_goes_on_seeing_what_they_saw_and_nobody_sees_the_others_before(valley):
    mine, theirs = ("We meet on Mondays.", "Call the schools."), (THEIRS, "Visit the library.")
    assert all(says(valley.page(valley.mia, valley.hub), it) for it in mine)
    valley.merge()
    for person, seen, board, unseen, other in (
        (valley.mia, mine, valley.board, theirs, valley.their_board),
        (valley.hal, theirs, valley.their_board, mine, valley.board),
    ):
        page = valley.page(person)
        assert all(says(page, it) for it in seen) and not any(says(page, it) for it in unseen)
        assert says(page, "kept for Riverbend") and says(page, "kept for Hillside")
        assert all(it in text_of(valley.board_of(person, board)) for it in ("BE", "CL", "DA"))
        assert valley.board_of(person, other).status_code == 404
        file = files_of(signed_in(person).get(f"{hub_address(valley.hillside)}file.zip"))
        assert all(it in file for it in (*seen, "CL")) and not any(it in file for it in unseen)


def test_what_was_shared_is_read_by_the_others_as_it_was_shared(valley):
    for source in (valley.strategy.id, valley.board.id):
        valley.share(source)
    for source in (valley.named.id, valley.their_board.id):
        valley.share_theirs(source)
    valley.merge()
    seen = signed_in(valley.lena).get(f"{valley.above}hubs/{valley.hillside.id}/")
    counts = re.findall(r'<ul class="counts">.*?</ul>', text_of(seen), re.DOTALL)
    page = valley.page(valley.hal)
    assert says(page, "We meet on Mondays.") and not says(page, "Call the schools.")
    assert len(counts) == 2 and sum(it in text_of(page) for it in counts) >= 1
    assert valley.board_of(valley.hal, valley.board).status_code == 404


def test_whoever_reads_of_the_others_what_they_share_has_looked(valley):
    """Once a day for each thing; it is read by those whose it is."""
    valley.share(valley.strategy.id)
    valley.share_theirs(valley.named.id)
    looks = Look.everywhere.filter(release__source=valley.strategy.id)
    assert says(valley.page(valley.mia, valley.hub), "We meet on Mondays.")
    valley.merge()
    assert not looks.exists()
    for address in ("", "", "sharing/"):
        assert says(valley.page(valley.mia), "We meet on Mondays.")
        assert says(signed_in(valley.hal).get(hub_address(valley.hillside) + address), "We meet on Mondays.")
    assert [str(it.person) for it in looks] == ["Hal"]
    assert says(valley.page(valley.hal), "They see that you looked.")
    nora = make_account("Nora", hub=valley.hillside)
    assert signed_in(nora).get(f"{hub_address(valley.hillside)}sharing/").status_code == 200
    assert sorted(str(it.person) for it in looks.all()) == ["Hal", "Nora"]
    page = text_of(signed_in(valley.mia).get(f"{hub_address(valley.hillside)}sharing/"))
    [told] = re.findall(r"<li>Hal <span.*?</li>", page, re.DOTALL)
    assert "team member" in told and "We meet on Mondays." in told


def test_the_page_says_who_will_read_what_of_the_one_hub(valley):
    def asks() -> str:
        return text_of(signed_in(valley.rosa).get(f"{hub_address(valley.hub)}merge/"))

    cora = make_account("Cora", hub=valley.hub, role=Role.COACH)
    seen = [f"{valley.above}hubs/{it.id}/" for it in (valley.hub, valley.hillside)]
    for share, source in ((valley.share, valley.strategy), (valley.share_theirs, valley.named)):
        share(source.id)
    page = asks()
    [kept] = re.findall(r"<li><b>Everything that is kept from then on:</b>(.*?)</li>", page)
    [shared] = re.findall(r"<li><b>All that the one hub shares with its network,.*?</b>(.*?)</li>", page)
    [above] = re.findall(r"<li><b>What the one hub shares also with the initiative:</b>(.*?)</li>", page)
    assert kept == " whoever leads either hub, the members of either hub."
    assert shared == " the coaches of either hub, whoever leads the network, the network’s coaches."
    assert above == " whoever leads the initiative, the initiative’s coaches."
    assert "whoever coaches the other hub will read what you share with your network" in page
    assert "The 1 coach of your hub will read what they share." in page
    assert [signed_in(cora).get(it).status_code for it in seen] == [200, 404]
    assert signed_in(cora).get(hub_address(valley.hub)).status_code == 404
    valley.merge()
    assert says(signed_in(cora).get(seen[1]), "We meet on Mondays.")
    assert says(signed_in(cora).get(seen[1]), THEIRS)
    assert signed_in(cora).get(hub_address(valley.hillside)).status_code == 404


def test_what_the_page_says_of_coaches_is_what_the_policy_says(valley, monkeypatch):
    def asks() -> str:
        return text_of(signed_in(valley.rosa).get(f"{hub_address(valley.hub)}merge/"))

    assert "whoever coaches the other hub will read" in asks()
    monkeypatch.setattr(policy, "is_coach_of", lambda _viewer, _hub: False)
    assert "whoever coaches the other hub will read" not in asks()
    assert "the coaches of either hub" not in asks()


def test_who_comes_later_reads_of_before_what_is_shared(valley):
    valley.share(valley.strategy.id)
    valley.share_theirs(valley.named.id)
    assert says(valley.page(valley.mia, valley.hub), "Call the schools.")
    valley.merge()
    page = valley.page(make_account("Nora", hub=valley.hillside))
    assert says(page, "We meet on Mondays.") and says(page, THEIRS)
    assert not says(page, "Call the schools.") and not says(page, "Visit the library.")


def test_what_is_kept_from_then_on_everybody_sees(valley):
    valley.merge()
    hall = convening("revealed")
    name_strategy(hall.cleo, "We sing.")
    assert not says(valley.page(valley.hal), "We sing.")
    keep(valley.mia, hall.ben, valley.hillside)
    for person in (valley.mia, valley.hal):
        assert says(valley.page(person), "We sing.")
        assert valley.board_of(person, hall.board(RIVERBEND)).status_code == 200
    # Also what a team that was kept before goes on to do: its pages say so by then.
    assert valley.board_of(valley.hal, valley.board).status_code == 404
    Reflection.objects.filter(id=valley.board.id).update(made_at=NOW + timedelta(days=1))
    assert valley.board_of(valley.hal, valley.board).status_code == 200


def test_a_team_reads_who_sees_what_it_kept(valley):
    address = f"/r/{valley.hall.id}/team-page/"
    assert says(valley.hall.cleo.device.get(address), "Your team kept this for Riverbend")
    valley.merge()
    page = valley.hall.cleo.device.get(address)
    assert says(page, "Your team kept this for Hillside")
    assert says(page, "only those see who were of Riverbend then")


def test_promises_of_before_are_settled_by_those_who_see_them(valley):
    valley.merge()
    address = f"{hub_address(valley.hillside)}next-steps/{valley.step.id}/"
    told = {"was": "open", "state": "done", "reason": "We called."}
    assert signed_in(valley.hal).get(address).status_code == 404
    assert signed_in(valley.hal).post(address, told).status_code == 404
    assert signed_in(valley.mia).get(address).status_code == 200
    assert signed_in(valley.mia).post(address, told).status_code == 302


def carry_on(valley, hall, who="CL", **told):
    """One of Riverbend's team says, in a later session, that the promise of before goes on."""
    device = hall.sit(who).device
    fields = {"was": "open", "state": "carried", "reason": "", **told}
    return device, device.post(f"/r/{hall.id}/next-steps/{valley.step.id}/settlement/", fields)


def test_a_promise_of_before_that_is_carried_on_is_told_first_who_reads_it_then(valley):
    words = "only those see it who were of Riverbend when two hubs became one; carried on, everyone of Hillside does."
    early, late = Hall(*later(valley.hall)).begin(), Hall(*later(valley.hall)).begin()
    address = f"next-steps/{valley.step.id}/settlement/"
    page = early.sit("DA").device.get(f"/r/{early.id}/{address}")
    assert says(page, "We carry it on") and not says(page, "carried on, everyone of")
    valley.merge()
    device = late.sit("DA").device
    assert says(device.get(f"/r/{late.id}/{address}"), words)
    assert not says(valley.page(valley.hal), "Call the schools.")

    # Whoever was not told carries nothing on, and is told.
    _device, refused = carry_on(valley, late)
    assert refused.status_code == 409
    assert says(refused, "More people would read this now than your page said.") and says(refused, words)
    assert not NextStep.everywhere.filter(carried_from=valley.step).exists()
    [readers] = re.findall(r'name="readers" value="(\w+)"', text_of(refused))
    _device, taken = carry_on(valley, late, who="EL", readers=readers)
    assert taken.status_code == 302
    assert all(says(valley.page(it), "Call the schools.") for it in (valley.hal, valley.mia))


def test_a_promise_carried_on_among_those_who_read_it_anyway_asks_nothing_more(valley):
    """In a session that began before, and where it is told done: nobody else reads it."""
    before, after = Hall(*later(valley.hall)).begin(), Hall(*later(valley.hall)).begin()
    ben = before.sit("DA").device
    valley.merge(at=NOW + timedelta(days=2))
    page = ben.get(f"/r/{before.id}/next-steps/{valley.step.id}/settlement/")
    assert says(page, "We carry it on") and not says(page, "carried on, everyone of")
    _device, taken = carry_on(valley, before)
    assert taken.status_code == 302
    carried = NextStep.everywhere.get(carried_from=valley.step)
    assert not says(valley.page(valley.hal), "Call the schools.")
    assert says(valley.page(valley.mia), "Call the schools.")
    device = after.sit("DA").device
    Reflection.objects.filter(id=after.board(RIVERBEND).id).update(made_at=NOW + timedelta(days=3))
    told = {"was": "open", "state": "done", "reason": "We called."}
    assert device.post(f"/r/{after.id}/next-steps/{carried.id}/settlement/", told).status_code == 302


def test_a_third_hub_sees_of_either_no_more_than_what_is_shared(valley):
    valley.share(valley.strategy.id)
    valley.share_theirs(valley.named.id)
    valley.merge()
    dale = make_hub(valley.network, "Dale")
    dora = make_account("Dora", hub=dale, role=Role.HUB_LEADER)
    merging.ask(by=account(valley.rosa), hub=valley.hillside, email="dora@example.org", address="", at=NOW)
    waiting = Merge.everywhere.get(ended_at=None)
    merging.answer(by=account(dora), hub=dale, merge_id=waiting.id, agrees=True, at=NOW)
    for person, sees in (
        (dora, ()),
        (valley.mia, ("Call the schools.",)),
        (valley.hal, ("Visit the library.",)),
    ):
        page = valley.page(person, dale)
        assert page.status_code == 200
        for words in ("Call the schools.", "Visit the library."):
            assert says(page, words) == (words in sees), (person, words)
    assert signed_in(valley.mia).get(hub_address(valley.hub))["Location"] == hub_address(dale)


def test_what_two_kept_as_one_a_third_hub_does_not_see_either(valley):
    valley.merge()
    Reflection.objects.filter(id=valley.board.id).update(made_at=NOW + timedelta(days=1))
    assert valley.board_of(valley.hal, valley.board).status_code == 200
    dale = make_hub(valley.network, "Dale")
    dora = make_account("Dora", hub=dale, role=Role.HUB_LEADER)
    then = {"address": "", "at": NOW + timedelta(days=2)}
    merging.ask(by=account(valley.rosa), hub=valley.hillside, email="dora@example.org", **then)
    waiting = Merge.everywhere.get(ended_at=None)
    merging.answer(by=account(dora), hub=dale, merge_id=waiting.id, agrees=True, at=then["at"])
    board = f"{hub_address(dale)}boards/{valley.board.id}/"
    for person in (valley.mia, valley.hal):
        assert signed_in(person).get(board).status_code == 200
        assert all(says(valley.page(person, dale), it) for it in ("We meet on Mondays.", "Call the schools."))
    assert signed_in(dora).get(board).status_code == 404
    page = valley.page(dora, dale)
    assert not says(page, "We meet on Mondays.") and not says(page, "Call the schools.")
    assert says(page, "kept for Hillside")


def test_the_trail_of_each_hub_before_is_read_by_whoever_led_it(valley):
    def lines(person, hub) -> list[bool]:
        page = text_of(signed_in(person).get(f"{hub_address(hub)}trail/"))
        return [it in page for it in ("asked to make Hillside", "shared something upward", "took back")]

    merging.ask(by=account(valley.olaf), hub=valley.hillside, email="nobody@example.org", address="", at=NOW)
    release = valley.share_theirs(valley.named.id)
    sharing.take_back(by=account(valley.olaf), who="Olaf", hub=valley.hillside, release_id=release.id, at=NOW)
    assert lines(valley.olaf, valley.hillside) == [True, True, True]
    asked = "asked to make Riverbend one with another hub"
    valley.merge(at=NOW + timedelta(days=1))
    assert lines(valley.olaf, valley.hillside) == [True, True, True]
    assert lines(valley.rosa, valley.hillside) == [False, False, False]
    page = signed_in(valley.rosa).get(f"{hub_address(valley.hillside)}trail/")
    assert says(page, asked) and says(page, "made Riverbend and Hillside one hub")
    assert not says(signed_in(valley.olaf).get(f"{hub_address(valley.hillside)}trail/"), asked)


def test_who_looked_before_is_read_by_those_whose_it_was(valley):
    """Also at what is not shared any more: that was said, and stays so."""
    lena, then = account(valley.lena), NOW + timedelta(days=1)
    for release, by, hub in (
        (valley.share(valley.strategy.id), valley.rosa, valley.hub),
        (valley.share_theirs(valley.named.id), valley.olaf, valley.hillside),
    ):
        assert not says(signed_in(by).get(f"{hub_address(hub)}sharing/"), "Lena")
        sharing.look(by=lena, releases=[release], at=NOW)
        sharing.take_back(by=account(by), who=by.name, hub=hub, release_id=release.id, at=NOW)
        assert says(signed_in(by).get(f"{hub_address(hub)}sharing/"), "Lena")
    valley.merge(at=then)
    for person in (valley.rosa, valley.olaf):
        page = text_of(signed_in(person).get(f"{hub_address(valley.hillside)}sharing/"))
        assert page.count("Lena") == 1
        trail_page = text_of(signed_in(person).get(f"{hub_address(valley.hillside)}trail/"))
        assert trail_page.count("Lena") == 1
    nora = make_account("Nora", hub=valley.hillside)
    assert not says(signed_in(nora).get(f"{hub_address(valley.hillside)}sharing/"), "Lena")


def test_the_trail_of_before_is_read_by_whoever_was_there(valley):
    def lines(person, hub) -> str:
        return text_of(signed_in(person).get(f"{hub_address(hub)}trail/"))

    kept = "kept a team’s board for their hub"
    assert lines(valley.rosa, valley.hub).count(kept) == 1
    valley.merge()
    assert TeamClaim.everywhere.filter(hub=valley.hillside).count() == 2
    assert (
        lines(valley.rosa, valley.hillside).count(kept)
        == lines(valley.olaf, valley.hillside).count(kept)
        == 1
    )


# -- what is shared ----------------------------------------------------------------------------------------


def standing(hub) -> dict[str, str]:
    found = Release.objects.filter(team=hub, revoked_at=None).select_related("network")
    return {it.source: it.reach_now for it in found}


def test_sharing_begins_with_the_stricter_of_two_choices(valley):
    valley.share(valley.board.id, reach="initiative")
    valley.share_theirs(valley.their_board.id, reach="network")
    valley.share(valley.strategy.id, reach="initiative")
    valley.share_theirs(valley.named.id, reach="initiative")
    valley.share(valley.step.id, reach="initiative")
    assert len(standing(valley.hub)) == 3
    valley.merge()
    assert standing(valley.hillside) == {
        valley.board.id: "network",
        valley.their_board.id: "network",
        valley.strategy.id: "initiative",
        valley.named.id: "initiative",
    }
    assert standing(valley.hub) == {}
    assert not Release.everywhere.filter(source=valley.step.id).exclude(words={}).exists()
    ines = signed_in(valley.ines).get(f"/i/{valley.initiative.id}/hubs/{valley.hillside.id}/")
    assert says(ines, "We meet on Mondays.") and not says(ines, valley.hall.rubric.title)
    # Whoever leads and sees it shares it again.
    sharing.share(
        by=account(valley.rosa),
        who="Rosa",
        hub=valley.hillside,
        source=valley.step.id,
        reach="network",
        at=NOW,
    )
    assert says(signed_in(valley.lena).get(f"{valley.above}hubs/{valley.hillside.id}/"), "Call the schools.")


def test_a_hub_that_has_nothing_of_a_kind_has_not_chosen(valley):
    valley.share(valley.strategy.id, reach="initiative")
    TeamClaim.everywhere.filter(hub=valley.hillside).delete()
    assert not says(valley.page(valley.olaf), THEIRS)
    valley.merge()
    assert standing(valley.hillside) == {valley.strategy.id: "initiative"}


def test_what_was_frozen_and_told_stays_as_it_was(valley):
    valley.share(valley.board.id)
    valley.share_theirs(valley.their_board.id)
    frozen = list(Frozen.everywhere.order_by("id").values_list("id", "reflection", "tallies", "held_back"))
    told = list(ReleasedGroup.objects.order_by("id").values_list("id", "members", "counts"))
    assert len(frozen) == 2
    valley.merge()
    after = list(Frozen.everywhere.order_by("id").values_list("id", "reflection", "tallies", "held_back"))
    assert after == frozen
    assert list(ReleasedGroup.objects.order_by("id").values_list("id", "members", "counts")) == told
    assert set(Frozen.everywhere.values_list("team", flat=True)) == {valley.hillside.id}


def test_a_leader_takes_back_what_the_others_shared_and_shares_nothing_of_theirs(valley):
    valley.share(valley.strategy.id)
    valley.share_theirs(valley.named.id)
    valley.merge()
    olaf = {"by": account(valley.olaf), "who": "Olaf", "hub": valley.hillside, "at": NOW}
    page = signed_in(valley.olaf).get(f"{hub_address(valley.hillside)}sharing/")
    assert says(page, "We meet on Mondays.") and not says(page, "Call the schools.")
    for source in (valley.step.id, valley.strategy.id, valley.board.id):
        with pytest.raises(NotThere):
            sharing.share(**olaf, source=source, reach="initiative")
    release = Release.objects.get(team=valley.hillside, source=valley.strategy.id, revoked_at=None)
    sharing.take_back(**olaf, release_id=release.id)
    assert not says(valley.page(valley.hal), "We meet on Mondays.")
    assert says(valley.page(valley.mia), "We meet on Mondays.")


# -- what else is in the way -------------------------------------------------------------------------------


def test_the_hub_of_the_network_stays_one(valley):
    Team.objects.filter(id=valley.hub.id).update(is_hub=True)
    valley.merge()
    assert [it.name for it in Team.objects.filter(network=valley.network, is_hub=True)] == ["Hillside"]


def test_who_is_in_both_and_leads_one_leads_the_one(valley):
    make_account("Mia", hub=valley.hillside, role=Role.HUB_LEADER)
    make_account("Rosa", hub=valley.hillside)
    valley.merge()
    assert people_of(valley.hillside) == [
        ("Hal", "member"),
        ("Mia", "hub-leader"),
        ("Olaf", "hub-leader"),
        ("Rosa", "hub-leader"),
    ]
    assert says(valley.page(valley.mia), "Call the schools.") and says(valley.page(valley.mia), THEIRS)


def test_an_erased_person_was_of_no_hub_and_is_asked_by_nobody(valley, settings, tmp_path):
    settings.DATA = tmp_path
    valley.ask()
    assert Merge.everywhere.filter(email="olaf@example.org").exists()
    erasure.erase(by=account(valley.olaf), person_id=valley.olaf.id, at=NOW)
    assert not Merge.everywhere.exists()
    ivan = make_account("Ivan", hub=valley.hillside, role=Role.HUB_LEADER)
    valley.ask(email="ivan@example.org")
    valley.answer(by=ivan)
    assert FormerMember.objects.filter(person=valley.mia).count() == 1
    erasure.erase(by=account(valley.mia), person_id=valley.mia.id, at=NOW)
    assert FormerMember.objects.filter(person=valley.mia).count() == 0
