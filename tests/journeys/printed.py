"""A page as a printer shows it: what would be wrong with it on paper."""

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
LETTER = {"width": 710, "height": 942}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def faults_on_paper(page) -> dict[str, list[str]]:
    """By paper what is dark, faint, to press or cut off, whoever has the dark look."""
    found = {}
    page.emulate_media(media="print", color_scheme="dark")
    for name, paper in (("A4", A4), ("US Letter", LETTER)):
        page.set_viewport_size(paper)
        faults = page.evaluate(PRINTED) + (["cut at the side"] if page.evaluate(TOO_WIDE) else [])
        if faults:
            found[name] = faults
    page.emulate_media(media="screen")
    return found
