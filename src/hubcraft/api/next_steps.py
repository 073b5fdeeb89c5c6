"""What a hub has promised and not settled; and promising for it from outside a room."""

import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from hubcraft.api.operations import makes, reads
from hubcraft.api.refusals import Mistaken
from hubcraft.api.shapes import InPath, Listed, LookFor, Once, Part, listed, look_for
from hubcraft.apps.improvement.forms import NextStepForm
from hubcraft.apps.insights import policy
from hubcraft.apps.insights.actions import promising
from hubcraft.apps.insights.queries import hubs
from hubcraft.domain.days import day_at

# Within a week, within a month, more than that; empty where nobody said.
Size = Literal["", "small", "middle", "large"]


class Raised(Schema):
    """What the hub asks its network for with it, and what that answers: empty as long as there is no answer."""

    asked: str
    language: str
    answer: str
    answer_words: str
    answer_language: str


class NextStep(Schema):
    """A next step as the hub's page shows it: whose it is among several, it does not say."""

    id: str
    words: str
    owner: str
    due_on: datetime.date | None
    size: Size
    look_for: LookFor | None
    is_shared: bool
    state: str
    language: str
    raised: Raised | None


class NewNextStep(Schema, extra="forbid"):
    """What the hub will do, who sees to it, by when."""

    once: Once
    words: str = Field(max_length=5000)
    owner: str = Field("", max_length=500)
    due_on: datetime.date | None = None
    size: Size = Field("", examples=["small"])


@reads(
    "/hubs/{hub_id}/next-steps",
    policy=policy.can_see_hub,
    summary=_("What a hub promised and is still open, the soonest first"),
    answer=Listed[NextStep],
)
def next_steps(request, hub_id: InPath, part: Part):
    viewer = request.auth.viewer
    return listed(request, hubs.list_open_steps(viewer, hubs.find_hub(viewer, hub_id)), part, next_step)


@makes(
    "/hubs/{hub_id}/next-steps",
    policy=policy.can_promise,
    summary=_("Promise a next step for a hub"),
    words=_(
        "Everybody of the hub sees it on its page and may say there what became of it. The trail says whose token made it."
    ),
    answer=NextStep,
)
def make_next_step(request, hub_id: InPath, sent: NewNextStep):
    caller = request.auth
    here = hubs.find_hub(caller.viewer, hub_id)
    typed = {"words": sent.words, "owner": sent.owner, "due_on": sent.due_on, "size": sent.size}
    form = NextStepForm(typed, today=day_at(request.moment, here.network.time_zone))
    if not form.is_valid():
        raise Mistaken({name: list(map(str, errors)) for name, errors in form.errors.items()})
    asked = {name: form.cleaned_data[name] for name in typed}
    step = promising.promise(by=caller.viewer, hub=here, once=sent.once, at=request.moment, **asked)
    return next_step(hubs.step_view(step))


def next_step(it) -> NextStep:
    return NextStep(
        id=it.id,
        words=it.words,
        owner=it.owner,
        due_on=it.due_on,
        size=it.size,
        look_for=look_for(it.look_for),
        is_shared=it.is_shared,
        state=it.state,
        language=it.language,
        raised=raised(it.raised) if it.raised else None,
    )


def raised(it) -> Raised:
    return Raised(
        asked=it.asked,
        language=it.asked_language,
        answer=it.answer,
        answer_words=it.answer_words,
        answer_language=it.answer_language,
    )
