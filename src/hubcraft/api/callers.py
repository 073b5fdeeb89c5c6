"""Who calls: a program with a token. Cookies open nothing here, so no other site's page can call in anybody's name."""

from dataclasses import dataclass

from django.utils import translation
from ninja.errors import Throttled
from ninja.security import HttpBearer

from hubcraft.apps.networks.policy import can_call
from hubcraft.apps.networks.queries import viewer_with_token
from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.people import actions, queries
from hubcraft.apps.people.policy import can_write_with
from hubcraft.domain.verdict import insist


@dataclass(frozen=True)
class Caller:
    """Somebody's program: what its person sees, as far as the token reaches, and the token."""

    viewer: Viewer
    token: object

    @property
    def person(self):
        """Whose program it is."""
        return self.token.person

    def insist_may_write(self) -> None:
        """Raises Refused where this token may only read."""
        insist(can_write_with(self.token.may_write))


class Bearer(HttpBearer):
    """A token's key, in the head of the request."""

    def authenticate(self, request, token: str) -> Caller | None:
        """The caller; nobody where the key opens nothing any more. Every call counts, whatever becomes of it."""
        found = queries.find_token(token, request.moment)
        if found is None:
            return None
        wait = actions.use_token(token_id=found.id, at=request.moment)
        if wait:
            raise Throttled(wait)
        # A program that does not say what it reads is told in its person's language.
        if "Accept-Language" not in request.headers:
            translation.activate(found.person.language)
        caller = Caller(viewer_with_token(found), found)
        insist(can_call(caller.viewer, has_second_step=bool(queries.with_second_step([found.person]))))
        return caller
