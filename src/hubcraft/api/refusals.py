"""What programs are told when something is refused: the same answers as on pages, as JSON."""

from collections.abc import Iterable

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from hubcraft.domain.verdict import NotThere, Refused
from hubcraft.web.middleware import COME_AGAIN


class Refusal(Schema):
    """A sentence that says why, and what to do."""

    sentence: str


class Mistakes(Refusal):
    """The same, with what is wrong about each field that was sent."""

    fields: dict[str, list[str]]


class Mistaken(Exception):
    """What was sent can't be taken; `fields` says why. Nothing has changed."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__(fields)
        self.fields = fields


REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 422: Mistakes, 429: Refusal}


def words_for(mistake: str) -> str:
    """What is wrong about a field, in a sentence."""
    return {
        "missing": _("Send this too."),
        "extra_forbidden": _("There is no such field here."),
        "string_pattern_mismatch": _("This is not written as it has to be: look at the example."),
        "string_too_long": _("This is too long."),
        "greater_than_equal": _("This number is too small."),
        "less_than_equal": _("This number is too large."),
    }.get(mistake, _("This can’t be read here: look at the example."))


def answered(request, status: int, sentence: str, **more: object) -> HttpResponse:
    from hubcraft.api.operations import api

    return api.create_response(request, {"sentence": sentence, **more}, status=status)


def not_there(request, _fault) -> HttpResponse:
    """Foreign things answer like things that never were."""
    return answered(request, 404, _("There is no such thing here, or it is not yours to see."))


def refused(request, fault: Refused) -> HttpResponse:
    return answered(request, 403, str(fault.verdict.sentence))


def unknown(request, _fault) -> HttpResponse:
    """No token, or one that is over."""
    sentence = _("Send a token that is valid: “Authorization: Bearer” and its key. It may have ended.")
    response = answered(request, 401, sentence)
    response["WWW-Authenticate"] = "Bearer"
    return response


def too_often(request, fault: Throttled) -> HttpResponse:
    sentence = _("These are too many calls in one minute. Wait, then go on more slowly.")
    response = answered(request, 429, sentence)
    response["Retry-After"] = str(fault.wait)
    return response


def mistaken(request, fields: dict[str, list[str]]) -> HttpResponse:
    sentence = _("This can’t be taken as it was sent. Nothing has changed.")
    return answered(request, 422, sentence, fields=fields)


def misread(request, fault: ValidationError) -> HttpResponse:
    """What does not fit the schema. An address with nonsense in it leads nowhere."""
    if any(it["loc"][0] == "path" for it in fault.errors):
        return not_there(request, fault)
    return mistaken(request, by_field(fault.errors))


def by_field(errors: Iterable[dict]) -> dict[str, list[str]]:
    """Mistakes by the field they are in; a field of the body is named without the body."""
    fields: dict[str, list[str]] = {}
    for it in errors:
        named = [str(part) for part in it["loc"][2:] or it["loc"][1:] or it["loc"]]
        fields.setdefault(".".join(named), []).append(words_for(it["type"]))
    return fields


def come_again(request, _fault) -> HttpResponse:
    """A full disk, a database that is away: nothing was kept."""
    response = answered(request, 503, _("Nothing could be kept just now. Come again in a moment."))
    response["Retry-After"] = str(COME_AGAIN)
    return response


def answer_refusals(api: NinjaAPI) -> None:
    """Say of each kind of refusal how it is answered."""
    api.add_exception_handler(NotThere, not_there)
    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(AuthenticationError, unknown)
    api.add_exception_handler(Throttled, too_often)
    api.add_exception_handler(ValidationError, misread)
    api.add_exception_handler(Mistaken, lambda request, fault: mistaken(request, fault.fields))
    # A body that is no JSON.
    api.add_exception_handler(HttpError, lambda request, _fault: mistaken(request, {}))
    api.add_exception_handler(OperationalError, come_again)
    api.add_exception_handler(InterfaceError, come_again)
