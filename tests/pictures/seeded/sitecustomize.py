"""Read by every process of a demo that is photographed: what would be drawn by chance is the same each time.

Codes, links and keys stand on pictures or decide what comes first. Nothing but a picture may be made with this.
"""

import random
import secrets
import sys

# Each process draws from a row of its own: no two may come upon the same key.
role = " ".join(it for it in sys.orig_argv[1:] if not it.isdigit() and "/" not in it)
drawn = random.Random(f"pictures {role}")
secrets._sysrand = drawn
secrets.choice, secrets.randbits = drawn.choice, drawn.getrandbits
