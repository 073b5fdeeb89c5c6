"""The live room: tells everybody who watches a channel what changed, rendered once for each audience.

It knows no models. An app calls `serve(source)` when it is ready and `changed(...)` inside its transactions;
`config/asgi.py` sends the streams' paths, and the lifespan, to `stream`.

- `changes`: what an action says; `source`: what the house above hands in
- `stream`: the door; `watchers`: one open connection each, written to directly
- `channels` and `audiences`: who sees what, when it is rendered, and that nobody misses anything
- `exchange`: this process's loop, threads and clocks; `bus`: word from and to other processes
- `frames`: the bytes
"""

from .changes import changed
from .exchange import EXCHANGE
from .source import Admission, Source, badge, serve
from .stream import stream

# Somebody's page asks by itself, as no stream gets through: they are here too.
asks = EXCHANGE.asks

__all__ = ["Admission", "Source", "asks", "badge", "changed", "serve", "stream"]
