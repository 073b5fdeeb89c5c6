"""Every kind of step has a page for each who meets it, also one that nobody has thought of here yet."""

import re
from dataclasses import replace

import pytest

from hubcraft import content
from hubcraft.apps.frameworks.models import InstalledPack
from hubcraft.content import KINDS, Movement, Step
from tests.make import NOW, seated, start

pytestmark = pytest.mark.django_db


def install_one_step_a_kind() -> None:
    """The shipped pack with a script that has a step of each kind: the workshop's first, or one that says only its kind."""
    pack = content.shipped_pack("hub-leadership")
    workshop = pack.script("workshop")
    known = {step.kind: step for step in reversed(workshop.steps)}

    def step_of(kind: str) -> Step:
        words = content.Text({"en": f"Here we {kind}."}, "en")
        bare = replace(known["hear"], kind=kind, prompts=(), prompts_of=None)
        return replace(known.get(kind, bare), key=f"a-{kind}", title=words, question=words)

    steps = tuple(step_of(kind) for kind in KINDS)
    script = replace(workshop, movements=(Movement("all", workshop.movements[0].title, steps),))
    wider = replace(pack, version="9.0.0", scripts=(script,))
    InstalledPack.objects.create(
        pack=wider.id,
        version=wider.version,
        digest=wider.digest,
        content=wider.to_json(),
        installed_at=NOW.replace(year=NOW.year + 1),
    )


@pytest.fixture
def hall():
    install_one_step_a_kind()
    return start(script="workshop").begin()


def test_every_kind_shows_its_question_to_everybody(hall):
    phone = seated(hall, "AA", "BB")[0].device
    for kind in KINDS:
        hall.go_to(kind)
        pages = {
            "lead": hall.lead_device().get(f"/r/{hall.id}/lead/"),
            "projector": hall.projector_device().get(f"/r/{hall.id}/projector/"),
        }
        # There a phone is where one rates, or at its team's board.
        if kind not in {"rubric", "talk"}:
            pages["step"] = phone.get(f"/r/{hall.id}/step/")
        told = {
            name: (page.status_code, f"Here we {kind}." in below_title(page)) for name, page in pages.items()
        }
        assert told == dict.fromkeys(pages, (200, True)), f"a step of kind {kind}"


def below_title(page) -> str:
    """What a page says where people look."""
    return re.sub(r"<title>.*?</title>", "", page.content.decode(), flags=re.DOTALL)
