"""The product's listener as it is, with a clock around the writing to an audience (the floor has the same clock).

`python -m bench.live_room.timed <clock> <the listener's own arguments>`: into the file <clock> go the nanoseconds of
CPU that this thread spent on it. With more than 250 watchers the loop may turn to others in between; that counts too.
"""

import os
import sys
import time
from pathlib import Path

from hubcraft.cli import fitness, listener
from hubcraft.live import audiences

clock = os.open(Path(sys.argv.pop(1)), os.O_WRONLY | os.O_CREAT, 0o600)
write_to_all = audiences.write_to_all
spent = 0


async def timed(watchers, piece):
    global spent
    begun = time.thread_time_ns()
    await write_to_all(watchers, piece)
    spent += time.thread_time_ns() - begun
    os.pwrite(clock, spent.to_bytes(8, sys.byteorder), 0)


audiences.write_to_all = timed
fitness.raise_file_limit()
listener.main()
