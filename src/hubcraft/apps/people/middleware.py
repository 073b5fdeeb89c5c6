"""Who is signed in on this device."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware

from hubcraft.apps.people.session_store import DEVICE
from hubcraft.domain.devices import describe
from hubcraft.domain.ids import new_id


class Sessions(SessionMiddleware):
    """Django's own, with a cookie that stays on encrypted connections wherever there are any.

    Over plain HTTP, as in a school's room, browsers drop a secure cookie, so it can't be one there.
    """

    def process_response(self, request, response):
        session = request.session
        if session.modified and SESSION_KEY in session and DEVICE not in session:
            words = describe(request.headers.get("User-Agent", ""))
            session[DEVICE] = [new_id(), words, request.moment.isoformat()]
        response = super().process_response(request, response)
        if settings.SESSION_COOKIE_NAME in response.cookies and request.is_secure():
            response.cookies[settings.SESSION_COOKIE_NAME]["secure"] = True
        return response
