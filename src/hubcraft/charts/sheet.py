"""What a chart is put together from: words, bars, lines and signs, each at its place, described as Vega-Lite."""

import textwrap
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from hubcraft.charts.colours import PAPER

Spec = dict[str, Any]
# The letters of our sans are half as wide as they are high, those of capitals and dashes more.
LETTER: Final = 0.47
TEXT: Final = 13
LINE: Final = 17
FAMILY: Final = "Source Sans Pro"

CIRCLE: Final = "circle"
# Slices of the circle that fills as a team gets better; the same as ui/level_circle.html, around its middle.
SLICES: Final = {
    1: "M0,0L0,-1A1,1,0,0,1,0.5,-0.866Z",
    2: "M0,0L0,-1A1,1,0,0,1,0.819,0.574Z",
    3: "M0,0L0,-1A1,1,0,1,1,-0.866,0.5Z",
    4: "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z",
}


def wrapped(words: str, width: float, size: float = TEXT) -> list[str]:
    """These words in lines no wider than `width`."""
    return textwrap.wrap(words, max(8, int(width / (size * LETTER)))) or [""]


def wide(words: str, size: float = TEXT) -> float:
    """About how wide a line is."""
    return len(words) * size * (LETTER - 0.02)


@dataclass
class Sheet:
    """A drawing of this width that grows downwards."""

    width: int
    bars: list[Spec] = field(default_factory=list)
    rules: list[Spec] = field(default_factory=list)
    signs: list[Spec] = field(default_factory=list)
    words: dict[tuple[int, str], list[Spec]] = field(default_factory=dict)

    def say(
        self,
        x: float,
        y: float,
        words: str,
        *,
        colour: str = "ink",
        size: float = TEXT,
        weight: int = 400,
        align: str = "left",
    ) -> None:
        """One line, its middle at `y`."""
        line = {"x": round(x, 1), "y": round(y, 1), "words": words, "colour": PAPER[colour], "size": size}
        self.words.setdefault((weight, align), []).append(line)

    def paragraph(self, x: float, y: float, lines: list[str], **looks: Any) -> float:
        """Lines, the first one's middle at `y`; where the next would be."""
        for line in lines:
            self.say(x, y, line, **looks)
            y += LINE
        return y

    def bar(self, x: float, x2: float, y: float, y2: float, colour: str | None, **meaning: Any) -> None:
        """A bar with its edge; without a colour it is hollow. What it means stands beside where it is."""
        place = {"x": round(x, 1), "x2": round(x2, 1), "y": round(y, 1), "y2": round(y2, 1)}
        self.bars.append({**place, "colour": PAPER[colour] if colour else "transparent", **meaning})

    def rule(
        self, x: float, y: float, x2: float, y2: float, colour: str = "edge", *, thickness: float = 1
    ) -> None:
        """A straight line."""
        place = {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
        self.rules.append({**place, "colour": PAPER[colour], "thickness": thickness})

    def sign(
        self,
        x: float,
        y: float,
        shape: str,
        colour: str = "ink",
        *,
        radius: float = 5,
        is_filled: bool = True,
        **meaning: Any,
    ) -> None:
        """A sign whose shape says what it means."""
        self.signs.append(
            {
                "x": round(x, 1),
                "y": round(y, 1),
                "shape": shape,
                "fill": PAPER[colour] if is_filled else "transparent",
                "colour": PAPER[colour],
                "size": round((2 * radius) ** 2),
                **meaning,
            }
        )

    def level_circle(self, x: float, y: float, fill: int, colour: str, radius: float = 5) -> None:
        """The circle that fills."""
        self.sign(x, y, CIRCLE, colour, radius=radius, is_filled=False)
        self.sign(x, y, SLICES.get(fill, SLICES[4]), colour, radius=radius)

    def spec(self, height: float) -> Spec:
        """The whole as Vega-Lite, so high."""
        drawn = {
            "bars": self.bars,
            "rules": self.rules,
            "signs": self.signs,
            **{f"words {weight} {align}": lines for (weight, align), lines in self.words.items()},
        }
        described = description()
        layers = [it for it in described["layer"] if drawn.get(it["data"]["name"])]
        datasets = {it["data"]["name"]: drawn[it["data"]["name"]] for it in layers}
        return {
            **described,
            "layer": layers,
            "datasets": datasets,
            "width": self.width,
            "height": round(height),
        }


@lru_cache(maxsize=1)
def description() -> Spec:
    """How bars, lines, signs and words are drawn, the same in every chart: described once, as that takes a while.

    Places are pixels from the upper left corner and colours are themselves, so there are no scales and no axes.
    """
    import altair as alt

    place = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    to = {"x2": "x2:Q", "y2": "y2:Q"}
    stroke = alt.Stroke("colour:N", scale=None, legend=None)
    size = alt.Size("size:Q", scale=None, legend=None)
    layers = [
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(stroke=PAPER["edge"], strokeWidth=1)
        .encode(**place, **to, fill=alt.Fill("colour:N", scale=None, legend=None)),
        alt.Chart(alt.NamedData("rules"))
        .mark_rule()
        .encode(**place, **to, stroke=stroke, strokeWidth=alt.StrokeWidth("thickness:Q", scale=None)),
        alt.Chart(alt.NamedData("signs"))
        .mark_point(strokeWidth=1.3, opacity=1)
        .encode(
            **place,
            size=size,
            stroke=stroke,
            fill=alt.Fill("fill:N", scale=None, legend=None),
            shape=alt.Shape("shape:N", scale=None, legend=None),
        ),
        *(
            alt.Chart(alt.NamedData(f"words {weight} {align}"))
            .mark_text(font=FAMILY, fontWeight=weight, align=align, baseline="middle")
            .encode(**place, size=size, text="words:N", color=alt.Color("colour:N", scale=None, legend=None))
            for weight in (400, 600)
            for align in ("left", "center", "right")
        ),
    ]
    whole = alt.layer(*layers).properties(padding=1, autosize="none")
    whole = whole.configure(aria=False, font=FAMILY, background="transparent").configure_view(stroke=None)
    described: Spec = whole.to_dict()
    return described
