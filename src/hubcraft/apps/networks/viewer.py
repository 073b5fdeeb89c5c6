"""Who is looking: plain values, passed from the page down, never global."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """What this device has shown that it holds, in one room.

    A device may hold several keys at once (a facilitator who also takes part); each page asks for the one it
    needs, and holding another gives no extra sight.
    """

    room: str = ""
    seat: str = ""
    team: str = ""
    others: tuple[str, ...] = ()
    # The keys on the chips of `seat` and `others`, in that order.
    seat_keys: tuple[str, ...] = ()
    leads: bool = False
    projects: bool = False
    is_at_door: bool = False
    # Asked to join a team whose board is open, and not let in yet.
    is_waiting: bool = False
    ballot_secret: str = ""

    @property
    def takes_part(self) -> bool:
        return bool(self.seat)


NOBODY = Viewer()
