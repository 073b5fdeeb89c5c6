"""Each kind of page as it comes out of a printer: black on white, nothing to press, whoever has the dark look."""

import re

import pytest

from hubcraft.web.assets import style_files
from tests.cast import convening
from tests.device import Device, text_of
from tests.homes import hub_address, make_account, make_hub, make_network, signed_in

pytestmark = pytest.mark.django_db

# Text is dark, no ground behind it is, and nothing leads anywhere.
PRINTED = """() => {
  const sheet = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = sheet.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const light = colour => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue, cover] = pen.getImageData(0, 0, 1, 1).data;
      known.set(colour, 255 - (255 - (red + green + blue) / 3) * cover / 255);
    }
    return known.get(colour);
  };
  const named = one => `${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 30)}”`;
  const shown = [...document.body.querySelectorAll("*")].filter(one => one.checkVisibility({ visibilityProperty: true }));
  const pressed = shown.filter(one => one.matches(".top, .skip, .road, button, .button, [type=submit]"));
  const ground = shown.filter(one => {
    const { width, height } = one.getBoundingClientRect();
    return width * height > 4000 && light(getComputedStyle(one).backgroundColor) < 200;
  });
  const faint = shown.filter(one => [...one.childNodes].some(it => it.nodeType === 3 && it.data.trim())
    && !one.closest("svg, .chip, option, .visually-hidden") && light(getComputedStyle(one).color) > 125);
  return [...pressed.map(one => "pressed: " + named(one)), ...ground.map(one => "dark: " + named(one)),
    ...faint.map(one => "faint: " + named(one))].slice(0, 5);
}"""
# The paper of a printer less its margins, in dots of a browser.
A4 = {"width": 688, "height": 1009}


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
        page.emulate_media(media="print")
        if found := page.evaluate(PRINTED):
            faults[address] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.setdefault(address, []).append("cut at the side")
        page.close()
    assert faults == {}
    assert on_screen >= 20, "what is asked is found on screens"
