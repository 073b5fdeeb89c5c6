"""A step that needs no more than its words: a talk, a break, slides."""

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from hubcraft.apps.facilitation.queries.steps import step_page
from hubcraft.web.page import show


def show_step(request, place, run, step):
    """The question, the prompts and what to do; a kind may have a template of its own for how it looks."""
    page = step_page(place, run, step, request.moment)
    return show(request, template_of(step.kind), page=page)


def template_of(kind: str) -> str:
    """The template of a kind, or the one of every step."""
    own = f"facilitation/steps/{kind}.html"
    try:
        get_template(own)
    except TemplateDoesNotExist:
        return "facilitation/steps/step.html"
    return own
