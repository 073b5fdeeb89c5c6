"""Hubcraft: the software an improvement network's hub runs on."""

import sys

# The system's SQLite may carry the WAL-reset race (fixed in 3.51.3), so the one that comes in our own
# locked wheel takes its name before Django looks for it.
import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
