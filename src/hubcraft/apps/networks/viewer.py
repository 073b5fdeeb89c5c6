"""Who is looking: plain values, passed from the page down, never global."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """One role that somebody holds: in an initiative, in a network, or in a team of a network."""

    role: str
    initiative: str = ""
    network: str = ""
    team: str = ""

    @property
    def place(self) -> str:
        """The place itself, in one word and its key: a team is one, whatever network it is in."""
        if self.team:
            return f"team {self.team}"
        return f"network {self.network}" if self.network else f"initiative {self.initiative}"


@dataclass(frozen=True)
class Viewer:
    """What this device has shown that it holds, in one room; or who is signed in on it, and with which roles.

    A device may hold several keys at once (a facilitator who also takes part); each page asks for the one it
    needs, and holding another gives no extra sight. Pages of rooms never ask who is signed in.
    """

    room: str = ""
    seat: str = ""
    team: str = ""
    others: tuple[str, ...] = ()
    # The keys on the chips of `seat` and `others`, in that order.
    seat_keys: tuple[str, ...] = ()
    leads: bool = False
    # Which of the room's facilitators this is, and the name they gave; both empty where nobody asks.
    lead_key: str = ""
    lead_name: str = ""
    projects: bool = False
    is_at_door: bool = False
    # Asked to join a team whose board is open, and not let in yet.
    is_waiting: bool = False
    ballot_secret: str = ""
    person: str = ""
    # What whoever is signed in is called.
    name: str = ""
    is_administrator: bool = False
    roles: tuple[Held, ...] = ()

    @property
    def takes_part(self) -> bool:
        return bool(self.seat)

    @property
    def in_trail(self) -> str:
        """What the trail calls who is signed in: by key, as their name may go."""
        return f"person:{self.person}"

    @property
    def facilitator(self) -> str:
        """What the trail calls them as a facilitator: by the name they gave, if they gave one."""
        return f"{self.lead_name}, facilitator" if self.lead_name else "the facilitator"

    def is_in_team(self, team: str, *roles: str) -> bool:
        """Whether they hold one of these roles in the team; any role, if none is named."""
        return any(it.team == team and (not roles or it.role in roles) for it in self.roles)

    def is_in_network(self, network: str, *roles: str) -> bool:
        """The same for a network as a whole: a role in one of its teams is none in the network."""
        return any(
            it.network == network and not it.team and (not roles or it.role in roles) for it in self.roles
        )

    def is_in_initiative(self, initiative: str, *roles: str) -> bool:
        """The same for an initiative."""
        return any(
            it.initiative == initiative and bool(initiative) and (not roles or it.role in roles)
            for it in self.roles
        )


NOBODY = Viewer()
