"""The floor where no C compiler is at hand: asyncio transports that are written the same bytes."""

import asyncio
import sys

OPENING = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    b"17\r\nevent: beat\ndata: {}\n\n\n\r\n"
)


class Floor(asyncio.Protocol):
    streams: set[asyncio.Transport] = set()

    def connection_made(self, transport) -> None:
        self.transport, self.got = transport, b""

    def connection_lost(self, fault) -> None:
        self.streams.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end:
            return
        if head.startswith(b"GET"):
            self.transport.write(OPENING)
            self.streams.add(self.transport)
        else:
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            if len(body) < length:
                return
            self.transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            piece = b"%x\r\n%b\r\n" % (len(body), body)
            for stream in self.streams:
                stream.write(piece)
        self.got = b""


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Floor, "127.0.0.1", int(sys.argv[1]), backlog=4096)
    await server.serve_forever()


asyncio.run(main())
