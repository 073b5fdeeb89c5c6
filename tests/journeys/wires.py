"""The network between a device and the product: it can hold streams back, cut them, and keeps every byte it carried."""

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field

from tests.served import free_port


@dataclass
class Wire:
    """One device's way to the product; `weather` is "clear" or "holds streams"."""

    target: int
    weather: str = "clear"
    port: int = field(default_factory=free_port)
    heard: list[tuple[str, bytearray]] = field(default_factory=list)
    streams: set = field(default_factory=set)
    calls: set = field(default_factory=set)
    tries: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Every answer the device was given so far: the path, and the text as it came over the wire."""
        return [(path, bytes(data).decode(errors="replace")) for path, data in list(self.heard)]

    async def carry(self, reader, writer):
        """One request and its answer; connections are not kept, so that each has one path."""
        upstream = None
        # The loop itself holds a call only weakly.
        call = asyncio.current_task()
        self.calls.add(call)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.split(b"\r\n")
            path = lines[0].split(b" ")[1].decode()
            kept = [
                it for it in lines[1:-2] if not it.lower().startswith((b"connection:", b"accept-encoding:"))
            ]
            head = b"\r\n".join([lines[0], *kept, b"Connection: close", b"", b""])
            length = next(
                (int(it.split(b":")[1]) for it in kept if it.lower().startswith(b"content-length:")), 0
            )
            body = await reader.readexactly(length) if length else b""
            from_product, upstream = await asyncio.open_connection("127.0.0.1", self.target)
            upstream.write(head + body)
            is_stream = path.partition("?")[0].endswith("/stream/")
            if is_stream:
                self.tries += 1
                self.streams.add(writer)
            answer = bytearray()
            self.heard.append((path, answer))
            while data := await from_product.read(65536):
                if is_stream and self.weather == "holds streams":
                    continue
                answer += data
                writer.write(data)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.calls.discard(call)
            self.streams.discard(writer)
            for one in filter(None, (upstream, writer)):
                with contextlib.suppress(OSError):
                    one.close()


class Wires:
    """All wires of a story, carried by one thread."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def open(self, target: int, weather: str = "clear") -> Wire:
        wire = Wire(target, weather)
        self.run(asyncio.start_server(wire.carry, "127.0.0.1", wire.port, limit=1 << 20))
        return wire

    def cut_streams(self, wire: Wire) -> int:
        """Break every stream that is open on this wire."""

        async def cut():
            open_now = list(wire.streams)
            for writer in open_now:
                writer.transport.abort()
            return len(open_now)

        return self.run(cut())

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def close(self) -> None:
        async def hang_up():
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self.run(hang_up())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
