"""oTree as PyPI has it: a page whose live method stores one row and tells the whole group."""

import json
import os
import re
import secrets
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from .places import BROWSER
from .tools import HERE, KEPT, ROOT, free_port, run, stop, wait_for

SETTINGS = """
SESSION_CONFIGS = [dict(name="board", app_sequence=["board"], num_demo_participants=2)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0)
PARTICIPANT_FIELDS, SESSION_FIELDS = [], []
LANGUAGE_CODE, REAL_WORLD_CURRENCY_CODE, USE_POINTS = "en", "USD", True
ADMIN_USERNAME, ADMIN_PASSWORD, SECRET_KEY, DEMO_PAGE_INTRO_HTML = "admin", "bench", "bench", ""
"""
APP = """
from otree.api import *

class C(BaseConstants):
    NAME_IN_URL, PLAYERS_PER_GROUP, NUM_ROUNDS = "board", None, 1

class Subsession(BaseSubsession): pass
class Group(BaseGroup): pass
class Player(BasePlayer): pass

class Mark(ExtraModel):
    player = models.Link(Player)
    look_for = models.StringField()
    level = models.IntegerField()

class Board(Page):
    @staticmethod
    def live_method(player, data):
        Mark.create(player=player, look_for=data["look_for"], level=data["level"])
        return {0: {"sequence": data["number"], "player": player.id_in_group, "look_for": data["look_for"],
                    "level": data["level"]}}

page_sequence = [Board]
"""
PAGE = "{{ block title }}Board{{ endblock }}{{ block content }}{{ endblock }}"


def uv() -> str:
    """The tool that bin/prepare found or fetched."""
    return shutil.which("uv") or str(ROOT / ".cache/tools/bin/uv")


def installed() -> Path:
    """oTree in an environment of its own, from its hashed lock."""
    home = KEPT / "otree"
    if not (home / "bin/otree").exists():
        subprocess.run([uv(), "venv", "--quiet", "--python", sys.executable, home], check=True)
        lock = HERE / "requirements-peer.txt"
        install = [
            uv(),
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--python",
            home / "bin/python",
            "-r",
            lock,
        ]
        subprocess.run(install, check=True)
    return home / "bin"


class OTree:
    """One session with everybody on the page; marks come over twenty of the watchers' own sockets."""

    name = "oTree"
    clock = None

    def __init__(self, people: int) -> None:
        binaries = installed()
        self.folder = tempfile.TemporaryDirectory(dir=KEPT)
        place = Path(self.folder.name)
        for name in ("board", "_static", "_templates"):
            (place / name).mkdir()
        (place / "settings.py").write_text(SETTINGS)
        (place / "board/__init__.py").write_text(APP)
        (place / "board/Board.html").write_text(PAGE)
        surroundings = {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}", "OTREE_PRODUCTION": "1"}
        surroundings.pop("DATABASE_URL", None)
        quiet = {
            "cwd": place,
            "env": surroundings,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
        }
        subprocess.run([binaries / "otree", "resetdb", "--noinput"], check=True, **quiet)
        subprocess.run([binaries / "otree", "create_session", "board", str(people)], check=True, **quiet)
        with sqlite3.connect(place / "db.sqlite3") as database:
            database.execute("update otree_participant set _index_in_pages = 1, _current_page_name = 'Board'")
            found = database.execute(
                "select code, _session_code from otree_participant order by id"
            ).fetchall()
        self.people = [
            f"session_code={session}&page_index=1&participant_code={code}" for code, session in found
        ]
        self.port = free_port()
        self.process = run([binaries / "otree", "prodserver1of2", self.port], **quiet)
        wait_for(self.port)
        self.lines = [self.line(number) for number in range(20)]

    def request(self, number: int) -> str:
        address = f"/live?{self.people[number]}&page_name=Board"
        upgrade = "Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        headers = BROWSER.replace("Connection: keep-alive", "Connection: Upgrade")
        return f"GET {address} HTTP/1.1|{headers}|{upgrade}||"

    def requests(self, count: int) -> list[str]:
        return [self.request(number) for number in range(count)]

    def line(self, number: int) -> socket.socket:
        """A websocket that only speaks; what comes back is left to the kernel."""
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(self.request(number).replace("|", "\r\n").encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 101"), "no websocket"
        return line

    def mark(self, number: int) -> int:
        if number == 0:  # a run begins: it cuts lines that left its pings unanswered since the last one
            for line in self.lines:
                line.close()
            self.lines = [self.line(number) for number in range(20)]
        line = self.lines[number % len(self.lines)]
        line.setblocking(False)
        try:
            while line.recv(1 << 16):
                pass
        except BlockingIOError:
            line.setblocking(True)
        said = json.dumps({"look_for": "trust", "level": 1 + number % 4, "number": 1_000 + number}).encode()
        mask = secrets.token_bytes(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(said))
        line.sendall(struct.pack("!BB", 0x81, 0x80 | len(said)) + mask + masked)
        return 1_000 + number

    def stored(self) -> int:
        """How many marks its database holds at the end."""
        with sqlite3.connect(Path(self.folder.name, "db.sqlite3")) as database:
            tables = [
                name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
            ]
            table = next(name for name in tables if re.search("mark$", name))
            return database.execute(f"select count(*) from {table}").fetchone()[0]

    def close(self) -> None:
        for line in self.lines:
            line.close()
        stop(self.process)
        self.folder.cleanup()
