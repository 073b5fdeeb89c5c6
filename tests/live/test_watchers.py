"""Writing without waiting where the server's connection can't be written to directly: `send` driven by hand."""

import asyncio

import pytest

from hubcraft.live import frames
from hubcraft.live.source import Admission
from hubcraft.live.watchers import BEHIND, Watcher

ADMISSION = Admission("r1", "team-a", "a1", "en")
PIECE = frames.Piece(b"data: {}\n\n")


class Server:
    """A `send` that takes what it is given, or waits, or breaks."""

    def __init__(self):
        self.taken, self.is_full, self.is_broken = [], asyncio.Event(), False
        self.is_full.set()

    async def send(self, message):
        await self.is_full.wait()
        if self.is_broken:
            raise OSError
        self.taken.append(message["body"])


@pytest.fixture
def run():
    yield asyncio.run
    BEHIND.clear()


def test_what_is_taken_at_once_is_written(run):
    async def story():
        server = Server()
        watcher = Watcher(ADMISSION, server.send, 1, 0.0)
        assert watcher.write(PIECE)
        watcher.end(b"last")
        return server.taken

    assert run(story()) == [b"data: {}\n\n", b"last"]


def test_who_would_be_waited_for_is_left_out_until_they_take_something_again(run):
    async def story():
        server = Server()
        watcher = Watcher(ADMISSION, server.send, 1, 0.0)
        server.is_full.clear()
        assert not watcher.write(PIECE)
        assert watcher in BEHIND
        assert not watcher.has_caught_up()
        server.is_full.set()
        assert not watcher.write(PIECE), "nothing is written before it is known what was missed"
        assert watcher.has_caught_up()
        assert watcher not in BEHIND
        return server.taken

    assert run(story()) == [frames.BEAT]


def test_a_broken_connection_is_given_up(run):
    async def story():
        server = Server()
        server.is_broken = True

        async def hold():
            watcher = Watcher(ADMISSION, server.send, 1, 0.0)
            watcher.write(PIECE)
            assert watcher.is_gone
            await asyncio.sleep(60)

        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(hold())

    run(story())


def test_everything_a_frame_holds_comes_through_as_one_chunk():
    piece = frames.Piece(frames.frames({"board": "é\n漢"}, 7))
    size, _, rest = piece.chunk.partition(b"\r\n")
    assert int(size, 16) == len(piece.message["body"]) == len(rest) - 2
    assert frames.Piece(b"", is_last=True).chunk == b""
