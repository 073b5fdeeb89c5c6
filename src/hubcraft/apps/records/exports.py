"""A person's copy as one file: the same twice, for programs and to read."""

import json
import zipfile
from datetime import datetime
from io import BytesIO

from django.template.loader import render_to_string

from hubcraft.apps.people.models import Person
from hubcraft.apps.records.queries.copies import everything_about, titles


def copy_of(person: Person, at: datetime) -> bytes:
    """A zip with `about-you.json` and `about-you.html`."""
    told = everything_about(person)
    called = titles()
    chapters = [(called[key], rows) for key, rows in told.items()]
    page = render_to_string("records/copy.html", {"person": person, "chapters": chapters, "at": at})
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "about-you.json", json.dumps({"at": at.isoformat(), **told}, ensure_ascii=False, indent=2)
        )
        file.writestr("about-you.html", page)
    return packed.getvalue()
