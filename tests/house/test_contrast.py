"""The colours: every text on every ground it stands on reads well, in both themes; the four levels stay apart."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "src/hubcraft/web/static/css/tokens.css"

TEXT = 4.5
CONTROL = 3.0
FAR = 7.0

# text, the grounds it stands on
PAIRS = [
    ("ink", ["paper", "sheet", "wash", "mine-wash", "ember-wash", "sea-wash"]),
    ("soft", ["paper", "sheet", "wash", "mine-wash"]),
    ("mine", ["paper", "sheet", "wash", "mine-wash", "ember-wash"]),
    ("mine-strong", ["paper", "sheet"]),
    ("on-mine", ["mine", "mine-strong"]),
    ("ember", ["paper", "sheet", "wash", "ember-wash"]),
    ("on-ember", ["ember"]),
    ("sea", ["paper", "sheet", "sea-wash"]),
    ("on-level-1", ["level-1"]),
    ("on-level-2", ["level-2"]),
    ("on-level-3", ["level-3"]),
    ("on-level-4", ["level-4"]),
]
EDGES = [("edge", ["paper", "sheet", "wash", "ember-wash"])]


def tokens(theme: str) -> dict[str, tuple[float, float, float]]:
    """Token → (lightness, chroma, hue) in this theme."""
    found = {}
    colour = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS.read_text()):
        colours = re.findall(colour, value)
        if colours:
            lightness, chroma, hue = colours[0 if theme == "light" else -1]
            found[name] = (float(lightness) / 100, float(chroma), float(hue))
    return found


def linear(colour) -> tuple[float, float, float]:
    """Björn Ottosson's OKLab, back to linear sRGB, kept inside the screen's range."""
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(max(value, 0.0), 1.0) for value in (red, green, blue))


def luminance(rgb) -> float:
    red, green, blue = rgb
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other) -> float:
    """WCAG 2.2, 1.4.3."""
    lighter, darker = sorted((luminance(linear(one)), luminance(linear(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


# Linear sRGB as people with each kind of colour vision see it (Viénot, Brettel, Mollon 1999; Brettel 1997 for blue).
VISIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deutan": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "tritan": ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.805, 0.11911)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


def seen(colour, vision) -> tuple[float, float, float]:
    """The colour in OKLab as this vision sees it."""
    rgb = linear(colour)
    red, green, blue = (max(sum(w * c for w, c in zip(row, rgb, strict=True)), 0) for row in VISIONS[vision])
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def cases(pairs):
    return [
        pytest.param(theme, text, ground, id=f"{theme}-{text}-on-{ground}")
        for theme in ("light", "dark")
        for text, grounds in pairs
        for ground in grounds
    ]


@pytest.mark.parametrize(("theme", "text", "ground"), cases(PAIRS))
def test_text_reads_on_its_ground(theme, text, ground):
    found = tokens(theme)
    assert contrast(found[text], found[ground]) >= TEXT


@pytest.mark.parametrize(("theme", "edge", "ground"), cases(EDGES))
def test_edge_of_a_control_is_seen(theme, edge, ground):
    found = tokens(theme)
    assert contrast(found[edge], found[ground]) >= CONTROL


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "mine"])
def test_projector_reads_from_the_last_row(theme, text):
    found = tokens(theme)
    assert contrast(found[text], found["paper"]) >= FAR


@pytest.mark.parametrize("vision", VISIONS)
def test_levels_stay_apart_in_every_kind_of_colour_vision(vision):
    found = tokens("light")
    levels = [seen(found[f"level-{level}"], vision) for level in (1, 2, 3, 4)]
    assert min(math.dist(one, other) for one, other in combinations(levels, 2)) >= 0.14


@pytest.mark.parametrize("vision", VISIONS)
def test_levels_darken_step_by_step(vision):
    found = tokens("light")
    lightness = [seen(found[f"level-{level}"], vision)[0] for level in (1, 2, 3, 4)]
    assert lightness == sorted(lightness, reverse=True)


def test_every_colour_is_written_for_both_themes_or_is_a_level():
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS.read_text()):
        if "oklch(" in value and "level-" not in name:
            assert value.startswith("light-dark("), name
