"""Short pages to read, one at a time; links alone turn them."""

from dataclasses import dataclass

from hubcraft.apps.facilitation.queries.steps import StepPage, step_page
from hubcraft.apps.frameworks.queries import ReadPageView
from hubcraft.web.page import show

# So many can be turned like leaves; more begin with a list to choose from.
FEW = 2


@dataclass(frozen=True)
class ReadStepPage(StepPage):
    """The list of the pages, or one of them with the way to its neighbours."""

    current: ReadPageView | None
    before: ReadPageView | None
    after: ReadPageView | None
    has_list: bool


def show_step(request, place, run, step):
    """The page that was asked for; without one the list, or the first of a few."""
    keys = [it.key for it in step.pages]
    asked = request.GET.get("page", "")
    has_list = len(keys) > FEW
    at = keys.index(asked) if asked in keys else None if has_list or not keys else 0
    page = ReadStepPage(
        **vars(step_page(place, run, step, request.moment)),
        current=None if at is None else step.pages[at],
        before=step.pages[at - 1] if at else None,
        after=step.pages[at + 1] if at is not None and at + 1 < len(keys) else None,
        has_list=has_list,
    )
    return show(request, "facilitation/steps/read.html", page=page)
