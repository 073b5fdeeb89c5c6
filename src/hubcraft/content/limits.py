"""How large a pack may be: far more than one needs, and little enough that reading any file is quick and small."""

from typing import Final

# What arrives through a page; as much as a page takes at all.
UPLOAD: Final = 200_000
# What arrives: a zip as it lies there; how many files, how large each, and all of them, once unpacked.
ZIP: Final = 1_000_000
FILES: Final = 300
FILE: Final = 250_000
ALL_FILES: Final = 2_000_000
# Words shrink to a third or a tenth; what shrinks to less is no words.
RATIO: Final = 60
# Files that are repeated in what is stored: the credit beside each domain, a page at each step that shows it.
CREDIT: Final = 8_000
PAGE: Final = 32_000
SHOWN_PAGES: Final = 300
# Lines of TOML: Python's own reader takes very long over names of very many parts.
LINE: Final = 6_000
DOTS: Final = 40
# What is in it.
LANGUAGES: Final = 12
DOMAINS: Final = 60
TEXT: Final = 2_000
NUMBER: Final = 10_000
# Keys are stored in columns of these lengths.
ID: Final = 48
KEY: Final = 64
LEVEL_KEY: Final = 40
DOMAIN_KEY: Final = 118
WHOLE_KEY: Final = 160
# Nobody mends more than this at once, and looking for more takes its time.
MISTAKES: Final = 500
