"""The walk-through: its scenes are the headings, pictures and words of docs/use/walk-through.md."""

import base64
import html
from dataclasses import dataclass
from pathlib import Path

from hubcraft.web import handbook
from tests.pictures.webp import moving, shot
from tests.served import FACES

SIZE = (1200, 750)
# So long one looks, and so long one reads a letter.
LOOK, LETTER = 2600, 42
LOOKS = """
body {
  margin: 0; inline-size: 1200px; block-size: 750px; display: flex; flex-direction: column;
  background: #fbf8f1; color: #1c2130;
}
.pictures {
  flex: 1; min-block-size: 0; display: flex; align-items: center; justify-content: center;
  gap: 28px; padding: 22px 28px;
}
img {
  display: block; max-block-size: 590px; min-inline-size: 0;
  border: 1px solid #d8d0bf; border-radius: 10px; box-shadow: 0 4px 18px #1c213018;
}
img.tall { block-size: 590px; flex: none; }
img.wide { flex: 0 1 auto; max-inline-size: 100%; inline-size: auto; }
.pictures:has(.tall) img.wide { max-inline-size: 840px; }
.words {
  padding: 16px 40px 18px; background: #fffdf8; border-block-start: 1px solid #d8d0bf;
  min-block-size: 76px; box-sizing: border-box;
}
h1 { margin: 0 0 2px; font: 600 26px/1.2 "Walk Serif"; }
p { margin: 0; font: 400 20px/1.35 "Walk Sans"; }
"""


@dataclass(frozen=True)
class Scene:
    """A heading, the pictures below it, and what is said of them."""

    title: str
    words: str
    pictures: tuple[str, ...]

    @property
    def milliseconds(self) -> int:
        return LOOK + LETTER * len(self.title + self.words)


def scenes(text: str) -> list[Scene]:
    """What the page tells, scene by scene; what stands before the first and has no picture is not of the film."""
    found: list[Scene] = []
    title, words, pictures = "", [], []
    tokens = handbook.parse(text)
    for before, line in zip(tokens, [*tokens[1:], None], strict=True):
        if before.type == "heading_open":
            found += [Scene(title, " ".join(words), tuple(pictures))] if pictures else []
            title, words, pictures = handbook.plain(line), [], []
        elif before.type == "paragraph_open":
            pictures += [Path(it.attrGet("src")).name for it in line.children if it.type == "image"]
            words += [handbook.plain(line).strip()] if handbook.plain(line).strip() else []
    return found + ([Scene(title, " ".join(words), tuple(pictures))] if pictures else [])


def inline(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def face(family: str, name: str) -> str:
    file = next(FACES.glob(f"{name}.*.woff2"))
    return f'@font-face {{ font-family: "{family}"; src: url({inline(file, "font/woff2")}); }}'


def drawn(scene: Scene, folder: Path, faces: str) -> str:
    """A scene as a page of its own."""
    pictures = ""
    for name in scene.pictures:
        width, height = handbook.size_of((folder / name).read_bytes())
        kind = "tall" if height > width else "wide"
        pictures += f'<img class="{kind}" src="{inline(folder / name, "image/webp")}">'
    return (
        f"<style>{faces}{LOOKS}</style><div class=pictures>{pictures}</div>"
        f"<div class=words><h1>{html.escape(scene.title)}</h1><p>{html.escape(scene.words)}</p></div>"
    )


def make(browser, use: Path) -> int:
    """Draw every scene and put them together; how long it is, in seconds."""
    pictures = use / "pictures"
    told = scenes((use / "walk-through.md").read_text())
    faces = face("Walk Serif", "sourceserifpro-semibold") + face("Walk Sans", "sourcesanspro-regular")
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
    frames = []
    for scene in told:
        page.set_content(drawn(scene, pictures, faces))
        page.wait_for_function("[...document.images].every(one => one.complete)")
        clip = {"x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "scale": 1}
        frames.append((shot(page, clip), scene.milliseconds))
    page.close()
    (pictures / "walk-through-film.webp").write_bytes(moving(frames, SIZE))
    return sum(milliseconds for _frame, milliseconds in frames) // 1000
