"""A program of its own: the source of a sheet is named to it, what is told comes in as JSON, the PDF goes out."""

import sys
from importlib.resources import files
from pathlib import Path

import typst

# The two families that the pages use, from the same locked wheels; Typst brings others for letters these lack.
FAMILIES = ("font_source_sans_pro", "font_source_serif_pro")


def main() -> None:
    """One sheet."""
    source, told = Path(sys.argv[1]), sys.stdin.buffer.read().decode()
    try:
        pdf = compiled(source, told, ["ua-1"])
    except typst.TypstError as error:
        # A letter that no typeface here has is no PDF/UA; a page with an empty box in it still helps.
        if "could not be displayed" not in error.message:
            raise
        pdf = compiled(source, told, [])
    sys.stdout.buffer.write(pdf)


def compiled(source: Path, told: str, standards: list[str]) -> bytes:
    """The sheet as PDF; it can read nothing outside its own folder."""
    return typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"told": told},
        pdf_standards=standards,
    )


def fonts() -> typst.Fonts:
    """Only what is locked; what this machine happens to have would make other pages elsewhere."""
    folders = [str(files(package) / "files") for package in FAMILIES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


if __name__ == "__main__":
    main()
