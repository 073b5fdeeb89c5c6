"""A pack's folder: opens its files, and notes what can't be opened."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hubcraft.content.mistakes import Mistake
from hubcraft.content.table import Table
from hubcraft.content.toml_lines import lines_of


@dataclass(frozen=True)
class Folder:
    """The folder of one pack and the mistakes found in it so far."""

    path: Path
    mistakes: list[Mistake]

    def table(self, file: str, languages: Sequence[str] = ("en",)) -> Table | None:
        """The whole of a TOML file; None if it is missing or is not TOML."""
        source = self.words(file)
        if source is None:
            return None
        try:
            content = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            what = f"This is not TOML: {str(error).partition(' (at ')[0]}."
            number = int(line[1]) if line else None
            is_curly = number is not None and "= “" in source.splitlines()[number - 1]
            remedy = (
                'Write straight quotes around it: "…".'
                if is_curly
                else "Mend the line, or the one before it."
            )
            self.wrong(file, number, what, remedy)
            return None
        return Table(file, content, lines_of(source), self.mistakes, languages)

    def has(self, file: str) -> bool:
        """Whether there is such a file; for those that a pack may do without."""
        return (self.path / file).exists()

    def words(self, file: str) -> str | None:
        """What stands in a file; None if it is missing or is not UTF-8."""
        try:
            return (self.path / file).read_text(encoding="utf-8")
        except FileNotFoundError:
            self.wrong(file, None, "The file is missing.", f"Add it to the folder {self.path.name}.")
        except UnicodeDecodeError:
            self.wrong(file, None, "The file is not UTF-8.", "Save it as UTF-8.")
        return None

    def unlisted(self, within: str, listed: set[str], what: str, remedy: str) -> None:
        """Note each TOML file in this part of the folder that nothing lists; `{}` in the remedy is its name."""
        for path in sorted((self.path / within).glob("*.toml")):
            if path.stem not in listed:
                file = str(path.relative_to(self.path).as_posix())
                self.wrong(file, None, what, remedy.format(path.stem))

    def wrong(self, file: str, line: int | None, what: str, remedy: str) -> None:
        """Note a mistake that no table knows of."""
        self.mistakes.append(Mistake(file, line, what, remedy))
