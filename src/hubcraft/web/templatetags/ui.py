"""The parts every page is made of. Each has a template, a class, a stylesheet and a place in the look book."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from hubcraft.charts.drawing import on_a_page
from hubcraft.web import assets as gathered
from hubcraft.web import help_places

register = template.Library()

# A slice of the circle for each fill; the full one needs no slice.
SLICES = {
    1: "M12 12V2A10 10 0 0 1 17 3.34Z",
    2: "M12 12V2A10 10 0 0 1 20.19 17.74Z",
    3: "M12 12V2A10 10 0 1 1 3.34 17Z",
    4: "",
}


@register.simple_tag
def assets(*, htmx=False):
    """The links and scripts of every page; `htmx=True` where forms are answered in place."""
    links = format_html('<link rel="stylesheet" href="{}">', gathered.address("css"))
    scripts = ["js", "htmx"] if htmx else ["js"]
    return links + format_html_join(
        "", '<script src="{}" defer></script>', ((gathered.address(name),) for name in scripts)
    )


@register.simple_tag
def asset(*, name):
    """Where one picture or script is."""
    return gathered.address(name)


@register.simple_tag(takes_context=True)
def help_place(context):
    """Where Help explains the page that is shown."""
    return help_places.place_for(context.get("request"))


@register.inclusion_tag("ui/languages.html")
def languages(*, to="/language/", back=""):
    """A button for each language that this page is not in, called what it calls itself."""
    others = [{"code": code, "name": name} for code, name in settings.LANGUAGES if code != get_language()]
    return {"to": to, "back": back, "others": others}


@register.inclusion_tag("ui/level_circles.html")
def level_circles():
    """The four circles, drawn once a page and pointed at from every box."""
    return {"slices": SLICES.items()}


@register.inclusion_tag("ui/level_circle.html")
def level_circle(*, fill):
    """A circle that fills as a team gets better at something; the words beside it say the same."""
    return {"fill": fill}


@register.simple_tag
def chip(*, chip):
    """One person's initials in a box, or a dot where the board shows none."""
    return drawn_chip(chip.label, chip.seat_key, chip.kind, chip.is_from_paper, get_language())


@lru_cache(maxsize=10_000)
def drawn_chip(label, seat_key, kind, is_from_paper, language):
    """A chip drawn once: a row is drawn anew for every mark, and most of its chips are where they were."""
    context = {"label": label, "seat_key": seat_key, "kind": kind, "is_from_paper": is_from_paper}
    return mark_safe(render_to_string("ui/chip.html", {"chip": context}))  # noqa: S308  (drawn by a template)


@register.inclusion_tag("ui/initials.html")
def initials(*, label, seat_key=""):
    """A person's initials outside a box: in the header, in a roster."""
    return {"label": label, "seat_key": seat_key}


@register.inclusion_tag("ui/box.html")
def box(*, box):
    """One level of one look-for with whoever stands there."""
    return {"box": box}


@register.inclusion_tag("ui/look_for.html")
def look_for(*, rating, page, is_current=True, is_only=False):
    """One look-for to rate: a fieldset with its four levels and the three plain ways out."""
    return {"rating": rating, "page": page, "is_current": is_current, "is_only": is_only}


@register.filter
def first_empty(ratings):
    """The number of the first look-for without an answer."""
    return next((it.look_for.number for it in ratings if not it.answer), "")


@register.inclusion_tag("ui/road.html")
def road(*, stage):
    """Where the room is: gathering, placing initials, talking over open boards."""
    return {"stage": stage}


@register.inclusion_tag("ui/step_clock.html")
def step_clock(*, clock, is_large=False):
    """What is left of a step, without threat: counted in the browser, said as a time of day without scripts."""
    return {"clock": clock, "is_large": is_large}


@register.inclusion_tag("ui/session_end.html")
def session_end(*, time):
    """When the session will be over, said anew in the browser while a step goes on longer than planned."""
    return {"time": time}


@register.inclusion_tag("ui/movement_road.html")
def movement_road(*, run, state="open"):
    """The movements of a session, the one where the room is in bold; none before it begins and after its end."""
    titles = dict.fromkeys(step.movement_title for step in run.steps)
    current = run.step.movement_title if state == "open" else ""
    return {"titles": titles, "current": current, "is_over": state == "closed"}


@register.filter
def place_of(steps, step):
    """Where a step stands among the steps, from 0."""
    return steps.index(step)


@register.inclusion_tag("ui/progress_dots.html")
def progress_dots(*, done, total):
    """One dot a person, filled when they have finished; the words beside it carry the numbers."""
    return {"done": range(done or 0), "left": range(max(total - (done or 0), 0))}


@register.inclusion_tag("ui/who_can_see.html")
def who_can_see(*, sentences, is_said=False):
    """Who can see this, in words that come from the policy; said at once where a person is about to answer."""
    return {"sentences": sentences, "is_said": is_said}


@register.inclusion_tag("ui/qr_card.html")
def qr_card(*, room, is_large=False):
    """The three ways into a room: the QR code, the code to type, the address."""
    return {"room": room, "is_large": is_large}


@register.inclusion_tag("ui/field.html")
def field(
    *,
    field,
    label,
    hint="",
    kind="text",
    autocomplete="off",
    most=None,
    capitals=False,
    mode="",
    rows=0,
    is_first=False,
):
    """A labelled place to write, with its hint and its error tied to it."""
    return {
        "field": field,
        "label": label,
        "hint": hint,
        "kind": kind,
        "autocomplete": autocomplete,
        "most": most or getattr(field.field, "max_length", None),
        "capitals": capitals,
        "mode": mode,
        "rows": rows,
        # Where one begins to write at once; a form that came back begins at its errors instead.
        "is_first": is_first and not field.form.errors,
        "described": " ".join(
            name
            for name, is_there in (
                (f"{field.html_name}-hint", hint),
                (f"{field.html_name}-error", field.errors),
            )
            if is_there
        ),
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*, form):
    """What stands in the way, at the top of a form that came back, each linked to its field."""
    return {"form": form}


@register.simple_block_tag
def button(content, *, kind="plain", name="", value="", confirm=""):
    """A button that sends its form: `main` for the one next step, `plain`, `quiet` for a way out."""
    context = {"content": content, "kind": kind, "name": name, "value": value, "confirm": confirm}
    return render_to_string("ui/button.html", context)


@register.simple_block_tag
def link_button(content, *, to, kind="plain"):
    """A link that looks like a button because it is the next step."""
    return render_to_string("ui/link_button.html", {"content": content, "kind": kind, "to": to})


@register.simple_block_tag
def notice(content, *, kind="plain"):
    """A sentence that is worth stopping for: `plain`, `sea`, `ember`."""
    return render_to_string("ui/notice.html", {"content": content, "kind": kind})


@register.simple_block_tag
def choice(content, *, name, value, is_chosen=False):
    """One of several answers as a whole row that can be pressed."""
    context = {"content": content, "name": name, "value": value, "is_chosen": is_chosen}
    return render_to_string("ui/choice.html", context)


@register.simple_block_tag
def one_button_form(content, *, to, kind="plain", name="", value=""):
    """A form that is only its button: every change of state is one."""
    context = {"content": content, "to": to, "kind": kind, "name": name, "value": value}
    return render_to_string("ui/one_button_form.html", context)


@register.inclusion_tag("ui/picture_count.html")
def picture_count(*, count, has_dots=True):
    """How many people, as a number with a dot for each, or with a bar; in words where the number isn't told."""
    return {"count": count, "has_dots": has_dots}


@register.inclusion_tag("ui/chart.html")
def chart(*, chart, to, level=2, has_table=True):
    """A chart with what it says, its numbers as a table, and files of it; `to` is their address up to the kind.

    `has_table=False` where the page shows the same table anyway.
    """
    told = {"id": f"chart-{chart.key}"}
    wide, narrow = (
        mark_safe(  # noqa: S308  (drawn by ourselves, its words escaped)
            drawing.replace(
                "<svg ",
                f'<svg class="chart-{name}" role="img" aria-labelledby="{told["id"]}" '
                f'aria-describedby="{told["id"]}-says" ',
                1,
            )
        )
        for name, drawing in zip(("wide", "narrow"), on_a_page(chart), strict=True)
    )
    return {
        **told,
        "chart": chart,
        "to": to,
        "level": level,
        "has_table": has_table,
        "wide": wide,
        "narrow": narrow,
    }
