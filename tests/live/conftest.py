"""A small house for every test, and as many servers as it wants."""

import pytest

from .browserless import Server
from .house_tables import build

SEATS = {"a1": "team-a", "a2": "team-a", "a3": "team-a", "b1": "team-b", "lead": "lead"}


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "house.sqlite3"
    build(path, SEATS)
    return path


@pytest.fixture
def serve(database):
    """Start a server; each is stopped at the end."""
    servers = []

    def start(**surroundings):
        servers.append(Server(database, **surroundings))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


@pytest.fixture
def server(serve):
    return serve()
