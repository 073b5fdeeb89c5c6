"""Every operation as the reference shows it: who calls, what, and what comes back. Write anew what a change of them brings:

WRITE_EXAMPLES=yes bin/test tests/api/test_examples.py
"""

from datetime import timedelta

from hubcraft.api import urls  # noqa: F401  (declares the operations)
from hubcraft.api.operations import OPERATIONS
from tests.access.test_accounts import Accounts
from tests.api.programs import Program, program
from tests.make import NOW

ONCE = "5f0c1e2d3b4a59687766554433221100"


class Examples:
    """One hub that shares its board with its network and its initiative, and a program of each who stand around it."""

    def __init__(self):
        self.accounts = Accounts()
        self.filled = self.accounts.filled
        self.programs: dict[str, Program] = {}

    def program(self, who: str) -> Program:
        if who not in self.programs:
            self.programs[who] = program(self.accounts.people[who])
        return self.programs[who]

    def path(self, name: str) -> str:
        """The operation's address, filled with what is there."""
        return OPERATIONS[name].path.format(**self.filled)


# By whom each is called.
WHO = {
    "me": "hub leader",
    "networks": "network lead",
    "network": "network lead",
    "network-hubs": "network lead",
    "network-hub": "coach",
    "initiatives": "initiative lead",
    "initiative": "researcher",
    "initiative-hubs": "initiative lead",
    "initiative-hub": "initiative lead",
    "hubs-of-mine": "member",
    "hub": "member",
    "sessions": "member",
    "board": "member",
    "strategies": "member",
    "next-steps": "member",
    "make-next-step": "hub leader",
    "domains": "member",
    "make-session": "network lead",
}
# What is sent, where something is made.
BODIES: dict[str, dict] = {
    "make-next-step": {
        "once": ONCE,
        "words": "Agree on who decides what, on one page.",
        "owner": "Ben",
        "due_on": (NOW + timedelta(days=30)).date().isoformat(),
        "size": "small",
    },
    "make-session": {
        "once": ONCE,
        "domain": "hub-leadership/domain-1",
        "rung": "initials",
        "title": "Spring reflection",
        "teams": ["Riverbend", "North Shore"],
        "time_zone": "America/Chicago",
    },
}
