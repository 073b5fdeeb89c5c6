"""Who else sees what a team sees, as higher rooms say it: each adds the sentences it knows of."""

from collections.abc import Callable

SAID_BY: list[Callable[[str], tuple[str, ...]]] = []


def also_sees(team_id: str) -> tuple[str, ...]:
    """The sentences about this team, to stand after those of the policy."""
    return tuple(sentence for say in SAID_BY for sentence in say(team_id))
