"""What people say in a workshop beside their marks: sent until it is acknowledged, and compared with what is stored."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from tests.faults.phones import FORM, Answer, Gone, Phone
from tests.faults.reckoning import asking
from tests.served import Served

PATIENCE = 120
STORED = {
    "choice": """
        SELECT s.key, c.which, c.domain FROM facilitation_choice c JOIN rooms_seat s ON s.id = c.seat_id
        WHERE s.room_id = ?""",
    "strategy": """
        SELECT s.key, y.look_for, y.words FROM playbook_strategy y JOIN rooms_seat s ON s.id = y.seat_id
        WHERE s.room_id = ? AND y.removed_at IS NULL""",
    "next step": """
        SELECT s.key, n.words FROM improvement_nextstep n JOIN rooms_seat s ON s.id = n.seat_id
        WHERE s.room_id = ? AND n.removed_at IS NULL AND NOT n.is_shared""",
    "team's next step": """
        SELECT n.team_id, n.words FROM improvement_nextstep n
        JOIN reflections_reflectionsession r ON r.id = n.session_id
        WHERE r.room_id = ? AND n.removed_at IS NULL AND n.is_shared""",
}
SLIPS = """
    SELECT f.slips FROM facilitation_feedbackbox f JOIN reflections_reflectionsession r ON r.id = f.session_id
    WHERE r.room_id = ?
"""
Line = tuple[str, ...]


@dataclass
class Said:
    """Everything that was acknowledged, by kind, as it should be stored; and what was answered otherwise."""

    lines: list[tuple[str, Line]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def say(
        self, phone: Phone, path: str, fields: dict, chance: Random, *lines: tuple[str, Line]
    ) -> None:
        """Send a form until it is acknowledged, and one time in three once more, as a poor network does."""
        body = urlencode(fields).encode()
        until = time.monotonic() + PATIENCE
        still = chance.choice((1, 1, 2))
        while still and time.monotonic() < until:
            answer = await self.ask(phone, path, body)
            if answer is None or answer.status == 503:
                await asyncio.sleep(chance.uniform(0.05, 0.3))
            elif answer.status == 302:
                still -= 1
            else:
                self.faults.append(f"{path}: {answer.status} {answer.text[-300:]}")
                return
        if still:
            self.faults.append(f"{path}: never acknowledged")
        else:
            self.lines += lines

    async def ask(self, phone: Phone, path: str, body: bytes) -> Answer | None:
        """The answer; None when the server is not there."""
        try:
            return await phone.line.ask("POST", f"/r/{phone.room}/{path}", phone.cookies, body, FORM)
        except Gone:
            return None

    def list_faults(self, product: Served, room: str) -> list[str]:
        """What was acknowledged and is not there exactly once, and what is there though nobody said it."""
        with asking(product) as ask:
            stored = [(kind, tuple(row)) for kind, words in STORED.items() for row in ask(words, room)]
            boxes = [it if isinstance(it, dict) else json.loads(it) for (it,) in ask(SLIPS, room)]
        stored += [("feedback", (it["words"],)) for slips in boxes for it in slips.values() if "words" in it]
        faults = list(self.faults)
        for kind in (*STORED, "feedback"):
            said = sorted(line for its, line in self.lines if its == kind)
            found = sorted(line for its, line in stored if its == kind)
            if not said or said != found:
                odd = sorted({*said} ^ {*found})
                faults.append(f"{kind}: {len(said)} acknowledged, {len(found)} stored; {odd[:3]}")
        return faults
