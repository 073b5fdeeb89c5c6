"""The schema says what is true: whatever is sent, right or wrong, is answered as it is described, and nothing breaks."""

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from urllib3 import HTTPResponse

from hubcraft.apps.people.models import Token
from tests.api.examples import OPERATIONS, WHO, Examples
from tests.api.programs import Program

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
FIXED = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "phases": (Phase.explicit, Phase.generate),
    "suppress_health_check": list(HealthCheck),
}
load_all_checks()
# A made-up domain or a day that is over fits the schema and is refused all the same; that nobody is let in without a
# token, test_callers.py shows.
EXCLUDED = CHECKS.get_by_names(["positive_data_acceptance", "ignored_auth"])


def try_out(examples: Examples, name: str, tries: int) -> None:
    """Calls that are made up, with a token that works; each is held to all that the schema says."""
    told, caller = OPERATIONS[name], examples.program(WHO[name])
    schema = schemathesis.openapi.from_dict(caller.get("/openapi.json").json())
    operation = schema[f"/api/v1{told.path}"][told.method]
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    statuses = set()

    @settings(max_examples=tries, **FIXED)
    @given(st.one_of(right, wrong))
    def called(case):
        with transaction.atomic():
            Token.objects.update(calls=0)
            response = answer(caller, case)
            case.validate_response(response, excluded_checks=EXCLUDED)
            statuses.add(response.status_code)
            transaction.set_rollback(True)

    called()
    assert statuses - {401}, "every call was turned away"


def answer(caller: Program, case) -> requests.Response:
    """What is said to a call, as the checks read it; sent through the house itself, not over a wire."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    kept = {it: asked[it] for it in ("method", "url", "params", "json", "data", "headers") if it in asked}
    sent = requests.Request(**kept).prepare()
    response = caller.client.generic(
        sent.method,
        sent.path_url,
        sent.body or b"",
        content_type=sent.headers.get("Content-Type", "application/json"),
        # Some are made up to come without a token.
        headers=caller.headers if "Authorization" in sent.headers else {},
    )
    told = requests.Response()
    told.status_code, told._content, told.request = response.status_code, response.content, sent
    told.headers.update(response.headers)
    told.raw = HTTPResponse(headers=dict(response.headers), status=response.status_code)
    return told


def test_what_is_sent_is_answered_as_described():
    examples = Examples()
    for name in OPERATIONS:
        try_out(examples, name, tries=4)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_whatever_is_sent_is_answered_as_described(name):
    try_out(Examples(), name, tries=200)
