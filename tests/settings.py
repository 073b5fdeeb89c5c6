"""The product's settings, with the engine that HUBCRAFT_TEST_ENGINE names and a place that is thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ENGINE = os.environ.get("HUBCRAFT_TEST_ENGINE", "sqlite")
assert ENGINE in {"sqlite", "postgres"}, f"HUBCRAFT_TEST_ENGINE is {ENGINE}; it must be sqlite or postgres"

# Nothing of this machine's own installation may reach the tests.
POSTGRES = os.environ.pop("HUBCRAFT_TEST_POSTGRES", "")
MEANT = ("HUBCRAFT_TEST_ENGINE", "HUBCRAFT_SOAK", "HUBCRAFT_SOAK_MINUTES", "HUBCRAFT_FAULT_SEEDS")
for name in [name for name in os.environ if name.startswith("HUBCRAFT_") and name not in MEANT]:
    del os.environ[name]
if POSTGRES:
    os.environ["HUBCRAFT_TEST_POSTGRES"] = POSTGRES  # for the workers of xdist

PLACE = Path(tempfile.mkdtemp(prefix="hubcraft-tests-"))
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
os.environ["HUBCRAFT_DATA"] = str(PLACE)
os.environ["HUBCRAFT_SYNCHRONOUS"] = "OFF"

if ENGINE == "postgres":
    from tests.engines import start_postgres

    POSTGRES = POSTGRES or start_postgres()
    os.environ["HUBCRAFT_TEST_POSTGRES"] = os.environ["HUBCRAFT_DATABASE_URL"] = POSTGRES

from hubcraft.config.settings import *  # noqa: E402, F403
from hubcraft.config.settings import DATABASES  # noqa: E402

# Actions run where they are called, inside the test's own transaction.
HUBCRAFT_WRITES_INLINE = True
# Limits count in a cache: tests that are not about them start with none of them used up.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Mail goes to the test outbox.
HUBCRAFT_CAN_MAIL = True
# A file, not memory: threads share it as they do in the product.
if ENGINE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": PLACE / "test.sqlite3"}
for left in ("HUBCRAFT_DATA", "HUBCRAFT_SYNCHRONOUS", "HUBCRAFT_DATABASE_URL"):
    os.environ.pop(left, None)
