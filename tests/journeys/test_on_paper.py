"""Each kind of page as it comes out of a printer: black on white, nothing to press, whoever has the dark look."""

import re

import pytest

from hubcraft.web.assets import style_files
from tests.cast import convening
from tests.device import Device, text_of
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in
from tests.journeys.printed import A4, PRINTED, faults_on_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(browser):
    """Shows a page's HTML with the house's styles, and nothing else that it asks for."""
    styles = "\n".join(it.read_text() for it in style_files())
    context = browser.new_context(viewport=A4, color_scheme="dark")

    def show(html: str):
        page = context.new_page()
        html = re.sub(r"<script\b.*?</script>|<link[^>]*>", "", html, flags=re.DOTALL)
        page.set_content(html.replace("</head>", f"<style>{styles}</style></head>"))
        return page

    yield show
    context.close()


def pages() -> dict[str, str]:
    """A page of each family: of a room in the middle of its work, of those with accounts, of everybody."""
    hall = convening("revealed", script="workshop", step="strategies")
    rosa = make_account("Rosa", hub=make_hub(make_network()), role="hub-leader")
    hub = hub_address(rosa.memberships.get().team)
    here = f"/r/{hall.id}"
    visits = [
        *(
            (hall.lead_device(), f"{here}/lead/{it}")
            for it in ("", "harvest/", "plan/", "heard/", "paper/", "facilitators/")
        ),
        *(
            (hall.ben.device, f"{here}/{it}")
            for it in ("board/", "team-page/", "step/", "look-fors/1/", "next-steps/")
        ),
        *((hall.finn.device, f"{here}/{it}") for it in ("board/", "team-page/")),
        (hall.projector_device(), f"{here}/projector/"),
        *((signed_in(rosa), it) for it in ("/home/", hub, f"{hub}sharing/", "/account/")),
        *((Device(), it) for it in ("/", "/start/", "/join/", "/help/", "/paper/", "/sign-in/")),
    ]
    answers = [(address, device.get(address)) for device, address in visits]
    shown = {
        f"{at} {address}": text_of(it) for at, (address, it) in enumerate(answers) if it.status_code == 200
    }
    assert len(shown) >= 20, [(address, it.status_code) for address, it in answers]
    return shown


def test_every_kind_of_page_prints_in_black_on_white_with_nothing_to_press(paper):
    faults = {}
    on_screen = 0
    for address, html in pages().items():
        page = paper(html)
        on_screen += bool(page.evaluate(PRINTED))
        faults |= {f"{address} {paper}": found for paper, found in faults_on_paper(page).items()}
        page.close()
    assert faults == {}
    assert on_screen >= 20, "what is asked is found on screens"
