"""WebP pictures: taken of a page, and several put one after the other into one that moves."""

import base64
from collections.abc import Iterator
from pathlib import Path

QUALITY = 82
# The picture that moves, in its head: that it moves, and that it stops at its end.
MOVES = 0x02
ONCE = 1


def take(page, path: Path, *, height: int = 0, top: int = 0) -> None:
    """What the page shows, as a file; `height` shows more or less of it than the screen does."""
    size = page.viewport_size
    clip = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"], "scale": 1}
    path.write_bytes(shot(page, clip))


def shot(page, clip: dict) -> bytes:
    # What comes into view late (letters, a row that moves in) is waited for.
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    page.wait_for_timeout(400)
    session = page.context.new_cdp_session(page)
    answer = session.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    session.detach()
    return base64.b64decode(answer["data"])


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a WebP file, each with its name."""
    place = 12
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        yield name, content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def moving(frames: list[tuple[bytes, int]], size: tuple[int, int]) -> bytes:
    """One picture that shows each frame for so many milliseconds, and then stays at the last."""
    width, height = (three(side - 1) for side in size)
    parts = [
        chunk(b"VP8X", bytes([MOVES, 0, 0, 0]) + width + height),
        chunk(b"ANIM", b"\xff\xff\xff\xff" + ONCE.to_bytes(2, "little")),
    ]
    for content, milliseconds in frames:
        drawn = next(it for it in chunks(content) if it[0] in {b"VP8 ", b"VP8L"})
        head = three(0) + three(0) + width + height + three(milliseconds) + b"\0"
        parts.append(chunk(b"ANMF", head + chunk(*drawn)))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
