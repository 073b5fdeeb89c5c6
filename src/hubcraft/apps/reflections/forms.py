"""Operations as a device sends them."""

import json
import re
import secrets

from django.utils.translation import gettext as _

from hubcraft.apps.reflections.actions.marks import Operation
from hubcraft.domain.verdict import Refused, refuse

MOST_OPERATIONS = 200
OPERATION_ID = re.compile(r"[0-9a-f]{32}")
SEAT_KEY = re.compile(r"[a-z0-9]{0,12}")


def read_operations(body: bytes) -> tuple[str, list[Operation]]:
    """The key of a seat and its operations, from what a device's queue sends. Raises Refused for anything else."""
    try:
        sent = json.loads(body)
        seat_key, operations = sent["seat"], [read_operation(it) for it in sent["operations"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(
            refuse(_("This page is too old for the server. Reload it; nothing you chose is lost."))
        ) from None
    if not (isinstance(seat_key, str) and SEAT_KEY.fullmatch(seat_key)) or len(operations) > MOST_OPERATIONS:
        raise Refused(refuse(_("This page is too old for the server. Reload it; nothing you chose is lost.")))
    return seat_key, operations


def read_operation(sent: dict) -> Operation:
    """One operation. Raises ValueError where it is not of the agreed form."""
    operation = Operation(sent["id"], sent["look_for"], sent["answer"], sent["phase"])
    if not (isinstance(operation.id, str) and OPERATION_ID.fullmatch(operation.id)):
        raise ValueError("an operation's id is 32 hexadecimal digits")
    if not (isinstance(operation.look_for, str) and isinstance(operation.answer, str)):
        raise ValueError("look-for and answer are text")
    if operation.phase not in ("before", "after"):
        raise ValueError("a phase is before or after the reveal")
    return operation


def read_plain_form(fields, answers_now: dict[str, str]) -> tuple[str, list[Operation]]:
    """The same from a form that was sent without JavaScript: only what differs from what the page showed.

    A page that has been open for long must not take back what its person has answered elsewhere since.
    """
    phase = "after" if fields.get("phase") == "after" else "before"
    wanted = {name.removeprefix("answer-"): fields[name] for name in fields if name.startswith("answer-")}
    if fields.get("clear"):
        wanted[fields["clear"]] = ""
    operations = [
        Operation(secrets.token_hex(16), look_for, answer, phase)
        for look_for, answer in wanted.items()
        if fields.get(f"was-{look_for}", answers_now.get(look_for, "")) != answer
    ]
    return fields.get("seat", ""), operations[:MOST_OPERATIONS]
