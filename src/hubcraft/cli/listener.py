"""One server process: uvicorn on a socket that its parent opened."""

import argparse
import gc
import os
import socket

import uvicorn

from hubcraft.cli.children import BACKLOG, WHISTLE, end_with_parent

# The young are walked once there are so many more of them, the middle-aged after twenty such walks, everything after
# fifty of those, if it has grown by a quarter. Whatever knows itself and was there at a walk grows old: where everything
# is never walked, it stays for good; where the young wait for long, they spread. With ten thousand streams open a
# walk of everything holds everybody up for a third of a second (bench/results/soak.md).
WALKS = (10_000, 20, 50)


class Server(uvicorn.Server):
    """Tell the parent when we answer, and tune the collector once everything is loaded."""

    def __init__(self, config: uvicorn.Config, whistle: int) -> None:
        super().__init__(config)
        self.whistle = whistle

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        load_pages()
        await super().startup(sockets)
        spare_what_is_loaded()
        if self.started:
            os.write(self.whistle, WHISTLE.pack(os.getpid()))
            os.close(self.whistle)


def spare_what_is_loaded() -> None:
    """What is loaded now stays: the collector need not walk it while ten thousand streams are open."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*WALKS)


def load_pages() -> None:
    """Read every address and page now: the first visitor waits for nothing, and a broken one stops the start."""
    from django.urls import get_resolver

    for pattern in get_resolver().url_patterns:
        getattr(pattern, "url_patterns", None)


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser()
    options.add_argument("--socket", type=int, required=True)
    options.add_argument("--whistle", type=int, required=True)
    options.add_argument("--child-of", type=int, required=True)
    chosen = options.parse_args()
    end_with_parent(chosen.child_of)
    door = socket.socket(fileno=chosen.socket)
    door.setblocking(False)
    config = uvicorn.Config(
        "hubcraft.config.asgi:application",
        loop="uvloop",
        http="httptools",
        ws="none",
        backlog=BACKLOG,
        access_log=False,
        log_level="warning",
        server_header=False,
        # Whose word about the sender counts is HUBCRAFT_TRUSTED_PROXIES, read by the product itself.
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
    )
    Server(config, chosen.whistle).run(sockets=[door])


if __name__ == "__main__":
    main()
