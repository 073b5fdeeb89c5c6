"""Charts of a hub's boards: for its people, on the page and as files; for nobody else."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from hubcraft.apps.networks.models import Role
from hubcraft.apps.reflections.models import Reflection
from tests.apps.insights.test_files import keep
from tests.cast import convening
from tests.device import text_of
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.make import NOW, RIVERBEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub(make_network())


@pytest.fixture
def rosa(hub):
    return make_account("Rosa", hub=hub, role=Role.HUB_LEADER)


@pytest.fixture
def board(hub, rosa):
    """A board of this hub: where it is, and the reflection behind it."""
    hall = convening("revealed")
    keep(rosa, hall.ben, hub)
    reflection = Reflection.objects.get(id=hall.board(RIVERBEND).id)
    return f"{hub_address(hub)}boards/{reflection.id}/", reflection


def files(board):
    return [f"{board}charts/agreement.{kind}" for kind in ("svg", "png", "csv")]


def test_a_board_shows_how_far_its_team_agrees(board, rosa):
    address, _reflection = board
    page = text_of(signed_in(rosa).get(address))
    assert page.count('role="img" aria-labelledby="chart-agreement"') == 2
    assert 'id="chart-agreement-says">You are close on' in page
    assert all(f'href="{it}" download' in page for it in files(address))


def test_its_files_are_one_press_away(board, rosa):
    svg, png, csv = (signed_in(rosa).get(it) for it in files(board[0]))
    assert (svg["Content-Type"], png["Content-Type"]) == ("image/svg+xml", "image/png")
    assert all(it["Content-Disposition"].startswith("attachment") for it in (svg, png, csv))
    assert text_of(csv).startswith("\ufeffNo.,Look-for,")


def test_whoever_does_not_belong_to_the_hub_gets_none(board, rosa):
    elsewhere = make_account("Emil", hub=make_hub(make_network("Gamma")), role=Role.HUB_LEADER)
    for address in files(board[0]):
        assert signed_in(rosa).get(address).status_code == 200
        assert signed_in(elsewhere).get(address).status_code == 404


def test_what_is_no_chart_is_not_there(board, rosa):
    address = f"{board[0]}charts/"
    assert signed_in(rosa).get(f"{address}agreement.svg").status_code == 200
    assert signed_in(rosa).get(f"{address}agreement.docx").status_code == 404
    assert signed_in(rosa).get(f"{address}strength.svg").status_code == 404


def nameless(reflection, tallies):
    """The board as one without names that shows these counts."""
    Reflection.objects.filter(id=reflection.id).update(shows=Reflection.Shows.DOTS, tallies=tallies)


def test_a_board_without_names_draws_what_it_shows_and_a_gap_where_it_may_not(board, rosa):
    address, reflection = board
    (first, second, *rest) = sorted(it for it in keys_of(reflection))
    levels = levels_of(reflection)
    asides = {"not-sure": 0, "does-not-apply": 0}
    spread = {**asides, levels[0]: 0, levels[1]: 2, levels[2]: 3, levels[3]: 1}
    few = {**asides, levels[0]: 0, levels[1]: 0, levels[2]: 1, levels[3]: 3}
    nearly = {**asides, levels[0]: 1, levels[1]: 0, levels[2]: 0, levels[3]: 5}
    nameless(reflection, {first: spread, second: few, **dict.fromkeys(rest, nearly)})
    told = text_of(signed_in(rosa).get(files(address)[2])).splitlines()
    shown = [line for line in told[1:] if ",0,2,3,1," in line]
    assert len(shown) == 1
    # Neither the few nor the nearly all are anywhere in the files, in no form.
    assert all(",,,,," in line for line in told[1:] if line not in shown)
    drawn = text_of(signed_in(rosa).get(files(address)[0]))
    assert "Too few answers to show" in drawn and "Nearly everyone" in drawn


def test_where_nothing_may_be_told_there_is_no_chart(board, rosa):
    address, reflection = board
    assert "chart-agreement" in text_of(signed_in(rosa).get(address))
    nameless(reflection, {})
    assert "chart-agreement" not in text_of(signed_in(rosa).get(address))
    assert signed_in(rosa).get(files(address)[0]).status_code == 404


def kept_again(hub, rosa, board):
    """A second reflection of the same team, thirty days later."""
    later = convening("revealed")
    then = NOW + timedelta(days=30)
    Reflection.objects.filter(session__room=later.id).update(made_at=then, revealed_at=then)
    keep(rosa, later.ben, hub)
    return f"{hub_address(hub)}boards/{later.board(RIVERBEND).id}/", later


def test_a_hub_sees_what_changed_once_there_are_two_reflections(hub, board, rosa):
    assert "chart-change" not in text_of(signed_in(rosa).get(hub_address(hub)))
    assert signed_in(rosa).get(f"{board[0]}charts/change.svg").status_code == 404
    address, _later = kept_again(hub, rosa, board)
    page = text_of(signed_in(rosa).get(hub_address(hub)))
    assert 'id="chart-change-1-says">Since the time before:' in page
    assert f'href="{address}charts/change.svg"' in page
    for kind in ("svg", "png", "csv"):
        assert signed_in(rosa).get(f"{address}charts/change.{kind}").status_code == 200
    assert text_of(signed_in(rosa).get(f"{address}charts/change.csv")).count("where it was") == 11


def test_a_hubs_page_and_its_files_read_each_board_once(hub, board, rosa):
    """Its list, what changed and its boards are made of the same rows."""
    last, _later = kept_again(hub, rosa, board)
    asked_of = {}
    for address in (hub_address(hub), last, f"{hub_address(hub)}file.zip"):
        with CaptureQueriesContext(connection) as asked:
            assert signed_in(rosa).get(address).status_code == 200
        reads = Counter(it["sql"] for it in asked if board[1].id in it["sql"])
        asked_of[address] = reads.total()
        assert [sql for sql, often in reads.items() if often > 1] == []
    assert all(asked_of.values())


def test_a_time_that_may_not_be_told_is_not_in_the_files(hub, board, rosa):
    address, _later = kept_again(hub, rosa, board)
    first = text_of(signed_in(rosa).get(f"{address}charts/change.csv"))
    assert "not told" not in first
    nameless(board[1], {})
    told = text_of(signed_in(rosa).get(f"{address}charts/change.csv")).splitlines()[1:]
    assert all(",not told," in line for line in told) and len(told) == 11
    assert "not told" in text_of(signed_in(rosa).get(f"{address}charts/change.svg"))


def test_a_hubs_file_holds_its_charts(hub, board, rosa):
    kept_again(hub, rosa, board)
    file = signed_in(rosa).get(f"{hub_address(hub)}file.docx").content
    said = [it._inline.docPr.get("descr") for it in Document(io.BytesIO(file)).inline_shapes]
    assert [it.split(".")[0] for it in said] == [
        "What changed between your reflections",
        "How far you agree",
        "How far you agree",
    ]
    assert signed_in(rosa).get(f"{hub_address(hub)}file.pdf").content.startswith(b"%PDF-")


def rubric_behind(reflection):
    from hubcraft.apps.insights.queries.hubs import rubric_in

    return rubric_in(reflection)


def keys_of(reflection):
    return rubric_behind(reflection).keys


def levels_of(reflection):
    return [it.key for it in rubric_behind(reflection).levels]
