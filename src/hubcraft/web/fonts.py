"""Cut the two type families down to what the pages use, as WOFF2."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

# Latin, Latin-1, Latin Extended-A, typographic punctuation, euro, trade mark, arrows, minus, check mark.
CHARACTERS = [
    *range(0x0020, 0x007F),
    *range(0x00A0, 0x0180),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    0x20AC,
    0x2122,
    *range(0x2190, 0x2194),
    0x2212,
    0x2713,
]
FEATURES = ["kern", "liga", "mark", "ccmp", "locl", "tnum"]


@dataclass(frozen=True)
class Face:
    """One weight or slant: the family as CSS names it, where its outlines are, and how it is asked for."""

    family: str
    package: str
    file: str
    weight: int
    style: str = "normal"

    @property
    def name(self) -> str:
        return Path(self.file).stem.lower()

    def source(self) -> Path:
        return Path(str(files(self.package))) / "files" / self.file


FACES = (
    Face("Hubcraft Sans", "font_source_sans_pro", "SourceSansPro-Regular.ttf", 400),
    Face("Hubcraft Sans", "font_source_sans_pro", "SourceSansPro-Semibold.ttf", 600),
    Face("Hubcraft Serif", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf", 600),
    Face("Hubcraft Serif", "font_source_serif_pro", "SourceSerifPro-Regular.ttf", 400),
    Face("Hubcraft Serif", "font_source_serif_pro", "SourceSerifPro-It.ttf", 400, "italic"),
)


def cut(face: Face) -> bytes:
    """This face with only our characters, unhinted, as WOFF2; the same input always gives the same bytes."""
    from io import BytesIO

    from fontTools import subset

    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=FEATURES,
        name_IDs=[1, 2, 13, 14],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    font = subset.load_font(str(face.source()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=CHARACTERS)
    cutter.subset(font)
    kept = BytesIO()
    subset.save_font(font, kept, options)
    return kept.getvalue()


def rule(face: Face, address: str) -> str:
    """The @font-face that names this face; text shows at once in the system's letters."""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'font-display: swap; src: url("{address}") format("woff2"); }}\n'
    )
