"""Sessions in the database, written by the one writer as everything else is."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InTheDatabase

from hubcraft.web.writer import writes

# Where a session notes on which device it is: its handle, what the device says it is, and since when.
DEVICE = "device"


class SessionStore(InTheDatabase):
    """Django's own store, whose rows say whose they are; a phone that has no session costs it nothing."""

    @writes
    def save(self, must_create: bool = False) -> None:
        super().save(must_create=must_create)

    @writes
    def delete(self, session_key: str | None = None) -> None:
        super().delete(session_key)

    @classmethod
    def get_model_class(cls):
        from hubcraft.apps.people.models import SignedIn

        return SignedIn

    def create_model_instance(self, data):
        """The row, with what its person reads of it beside what only the session knows."""
        row = super().create_model_instance(data)
        if SESSION_KEY in data and DEVICE in data:
            row.person_id = data[SESSION_KEY]
            row.handle, row.device, begun = data[DEVICE]
            row.begun_at = datetime.fromisoformat(begun)
        return row
