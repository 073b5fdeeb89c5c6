"""Streams on a real uvicorn: who gets what, that nothing is missed, and how streams end."""

import json
import socket
import sqlite3
import time

import pytest

from hubcraft import live


def renderings(database):
    with sqlite3.connect(database) as tables:
        return tables.execute("select audience, regions from rendering").fetchall()


def test_a_frame_goes_to_its_audience_and_to_nobody_else(server):
    first, second, other = server.open("a1", has=1), server.open("a2", has=1), server.open("b1", has=1)
    assert server.change(("team-a", "board", "two")) == 2
    for stream in (first, second):
        event = stream.next()
        assert (event.name, event.id, event.content) == (
            "frame",
            2,
            {"region": "board", "sequence": 2, "html": "two"},
        )
    # The other team's board has the same region name and is sent too, with its own words.
    assert other.next().content["html"] == "team-b board 1"
    assert first.is_silent()


def test_nothing_is_rendered_for_audiences_that_nobody_watches(server, database):
    stream = server.open("a1", has=1)
    server.change(("team-b", "board", "b two"))
    stream.next()
    assert {audience for audience, _ in renderings(database)} == {"team-a"}
    stream.close()
    time.sleep(0.3)
    before = len(renderings(database))
    server.change(("team-a", "board", "three"))
    time.sleep(0.3)
    assert len(renderings(database)) == before


def test_a_storm_is_merged_to_the_last_value(server, database):
    stream = server.open("a1", has=1)
    start = time.monotonic()
    for number in range(60):
        last = server.change(("team-a", "board", f"value {number}"))
    values = []
    while not values or values[-1].content["html"] != "value 59":
        values.append(stream.next())
    assert values[-1].id == last
    # However long this took: never more often than the tick.
    assert len(values) <= (time.monotonic() - start) / 0.1 + 2
    assert [event.content["sequence"] for event in values] == sorted(
        event.content["sequence"] for event in values
    )


@pytest.mark.parametrize("has", [None, 0, 999, "garbage", "-1", "1" * 30, "²"])
def test_an_old_foreign_or_garbage_sequence_is_given_everything(server, has):
    stream = server.open(
        "a1",
        has=None if has is None else str(has).encode().decode("latin-1").encode("ascii", "replace").decode(),
    )
    assert stream.regions(2) == {"roster": "team-a roster 1", "board": "team-a board 1"}


def test_the_last_event_id_counts_more_than_the_page(server):
    server.change(("team-a", "board", "two"))
    behind = server.open("a1", has=2, last_id=1)
    events = [behind.next(), behind.next()]
    assert {event.content["region"]: event.content["html"] for event in events} == {
        "roster": "team-a roster 1",
        "board": "two",
    }
    assert all(event.content["whole"] for event in events)
    # Only the last of several carries the id: a cut in between is noticed.
    assert [event.id for event in events] == [None, 2]
    assert server.open("a2", has=1, last_id=2).is_silent()


def test_a_page_that_has_the_newest_is_sent_nothing(server):
    assert server.open("a1", has=1).is_silent()


def test_what_changed_between_page_and_stream_is_sent(server):
    server.change(("team-a", "board", "changed meanwhile"))
    assert server.open("a1", has=1).regions(2)["board"] == "changed meanwhile"


def test_a_removed_watchers_stream_ends_without_another_event(server):
    removed, stays = server.open("a1", has=1), server.open("a2", has=1)
    time.sleep(0.2)
    server.change(("team-a", "board", "after the removal"), moves={"a1": None})
    assert removed.next() is None
    assert stays.next().content["html"] == "after the removal"
    assert server.open("a1").status == 404


def test_a_watcher_whose_audience_changed_is_turned(server):
    moved = server.open("a1", has=1)
    time.sleep(0.2)
    server.change(("team-a", "board", "theirs"), moves={"a1": "team-b"})
    event = moved.next()
    assert event.name == "turn"
    assert "within" in event.content
    assert moved.next() is None
    assert server.open("a1").regions(2)["board"] == "team-b board 1"


def test_a_page_that_was_drawn_for_others_is_turned(server):
    own = live.badge("r1", "team-a", "en")
    server.change(("team-a", "board", "for team a"))
    stream = server.open("a1", has=0, badge=own)
    assert stream.regions(2)["board"] == "for team a"
    stale = server.open("a1", has=0, badge=live.badge("r1", "team-b", "en"))
    assert stale.next().name == "turn"
    assert stale.next() is None


def test_who_may_not_watch_and_other_methods(server):
    assert server.open("nobody").status == 404
    assert server.open("a1", method="HEAD").status == 405
    refused = server.open("a1", method="POST")
    assert (refused.status, refused.response.getheader("allow")) == (405, "GET")


def test_the_opening_says_how_to_go_on(server):
    stream = server.open("a1", has=1)
    assert stream.first.name == "beat"
    assert 1_500 <= stream.retry[0] <= 4_500
    assert stream.response.getheader("content-type").startswith("text/event-stream")
    assert stream.response.getheader("cache-control") == "no-store"
    assert stream.response.getheader("x-accel-buffering") == "no"


def test_a_third_stream_of_a_seat_takes_the_oldest_ones_place(server):
    streams = [server.open("a1", has=1) for _ in range(3)]
    assert streams[0].next().name == "rest"
    assert streams[0].next() is None
    server.change(("team-a", "board", "two"))
    assert [stream.next().content["html"] for stream in streams[1:]] == ["two", "two"]


def test_over_the_cap_a_stream_is_refused_with_a_time_to_come_back(serve):
    server = serve(HOUSE_STREAMS="2")
    first, _ = server.open("a1"), server.open("a2")
    refused = server.open("a3")
    assert refused.status == 503
    assert int(refused.response.getheader("retry-after")) >= 1
    first.close()
    time.sleep(0.3)
    assert server.open("a3").status == 200


def test_shutdown_ends_streams_each_with_its_own_moment_to_come_back(server):
    streams = [server.open(seat, has=1) for seat in ("a1", "a2", "a3", "b1", "lead")]
    server.stop()
    assert [stream.next() for stream in streams] == [None] * 5
    assert len({stream.retry[-1] for stream in streams}) > 1
    # Uvicorn would wait 8 seconds for open streams and then cut them, saying so.
    server.process.wait(7)
    assert "exceeded" not in server.said()


def who_is_here(database, expected):
    """Who was noted as being here, as soon as it is these; else after a patient while."""
    with sqlite3.connect(database) as tables:
        until = time.monotonic() + 10
        while True:
            here = {watcher for (watcher,) in tables.execute("select watcher from presence")}
            if here == expected or time.monotonic() > until:
                return here
            time.sleep(0.1)


def test_presence_is_told_in_one_go(server, database):
    for seat in ("a1", "a2", "b1"):
        server.open(seat)
    assert who_is_here(database, {"a1", "a2", "b1"}) == {"a1", "a2", "b1"}


def test_who_asks_because_no_stream_gets_through_is_here_as_well(server, database):
    server.open("a1")
    assert who_is_here(database, {"a1"}) == {"a1"}
    server.ask("a2")
    assert who_is_here(database, {"a1", "a2"}) == {"a1", "a2"}


def test_a_watcher_that_stopped_reading_is_dropped_and_harms_nobody(server):
    """On this rests everything: uvicorn's `send` suspends exactly while the connection takes no more."""
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.connect(("127.0.0.1", server.port))
    stalled.sendall(b"GET /r/r1/stream/?sequence=1 HTTP/1.1\r\nHost: x\r\nCookie: seat=a1\r\n\r\n")
    reader = server.open("a2", has=1)
    big = "x" * 1_000_000
    for number in range(12):
        server.change(("team-a", "board", f"{number} {big}"))
        assert reader.next().content["html"].startswith(f"{number} ")
    time.sleep(13)
    # The stalled one's connection was cut: what it had not read is gone, and it finds that out by reading.
    stalled.settimeout(10)
    got = 0
    try:
        while piece := stalled.recv(1 << 20):
            got += len(piece)
    except ConnectionResetError:
        pass
    assert got < 10_000_000
    assert server.said() == ""
    assert server.open("a1", has=1).regions(2)["board"].startswith("11 ")


def test_a_slow_watcher_that_catches_up_is_given_what_it_missed(server):
    """A phone on a thin line is not sent away for taking a whole board slowly."""
    slow, reader = server.open("a1", has=1), server.open("a2", has=1)
    big = "x" * 3_000_000
    for number in range(4):
        server.change(("team-a", "board", f"{number} {big}"))
        assert reader.next().content["html"].startswith(f"{number} ")
    seen = []
    while not seen or not seen[-1].content["html"].startswith("3 "):
        seen.append(slow.next())
    assert len(seen) < 6
    assert "whole" in seen[-1].content
    server.change(("team-a", "board", "and goes on"))
    assert until_board(slow) == "and goes on"


def until_board(stream):
    while (event := stream.next()).content["region"] != "board" or len(event.content["html"]) > 100:
        pass
    return event.content["html"]


def test_a_frame_is_one_line_of_json_whatever_it_holds(server):
    stream = server.open("a1", has=1)
    odd = "a\r\nb\n\nevent: turn\ndata: {}\u2028 é 漢 <b>&amp;</b>"
    server.change(("team-a", "board", odd))
    assert json.loads(json.dumps(stream.next().content["html"])) == odd
