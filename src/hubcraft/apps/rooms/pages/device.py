"""What this device holds for a room, in its cookies."""

import secrets
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse

from hubcraft.apps.networks.viewer import Viewer
from hubcraft.apps.rooms.queries import Keys, viewer_with

# Longer than any session is open over days: who began on the first of them must find their seat on the last.
SEASON = 90 * 24 * 3600


def viewer(request: HttpRequest, room_id: str) -> Viewer:
    """Who is looking, in this room."""
    return viewer_with(room_id, keys(request.COOKIES, room_id))


def keys(cookies: Mapping[str, str], room_id: str) -> Keys:
    """The keys this device shows for one room."""

    def held(name: str) -> str:
        value = cookies.get(f"__Host-{name}-{room_id}") or cookies.get(f"{name}-{room_id}") or ""
        return "" if "\0" in value else value

    pairs = (pair.partition(":") for pair in held("seats").split(".") if ":" in pair)
    return Keys(
        seats=tuple((seat_id, secret) for seat_id, _colon, secret in pairs)[:12],
        lead=held("lead"),
        projector=held("projector"),
        door=held("door"),
        ballot=held("ballot"),
    )


def keep(request: HttpRequest, response: HttpResponse, name: str, room_id: str, value: str) -> HttpResponse:
    """Let this device hold a key; over HTTPS under a name that no other host can set."""
    prefix = "__Host-" if request.is_secure() else ""
    response.set_cookie(
        f"{prefix}{name}-{room_id}",
        value,
        max_age=SEASON,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def keep_seats(
    request: HttpRequest, response: HttpResponse, room_id: str, seats: Iterable[tuple[str, str]]
) -> HttpResponse:
    """Let this device hold these seats, the first of them being whose turn it is; and a key for ballots."""
    keep(request, response, "seats", room_id, ".".join(f"{seat_id}:{secret}" for seat_id, secret in seats))
    if not keys(request.COOKIES, room_id).ballot:
        keep(request, response, "ballot", room_id, secrets.token_urlsafe(16))
    return response


def forget(response: HttpResponse, room_id: str) -> HttpResponse:
    """Clear everything this device holds for a room."""
    for name in ("seats", "ballot", "door"):
        response.delete_cookie(f"{name}-{room_id}")
        response.delete_cookie(f"__Host-{name}-{room_id}")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def address_of(request: HttpRequest, trusted_proxies: int) -> str:
    """Where this request came from, counting back as many proxies as are known to be ours."""
    if trusted_proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= trusted_proxies:
            return hops[-trusted_proxies]
    return request.META.get("REMOTE_ADDR", "")
