"""Text as files can hold it."""

import re

# What XML 1.0 has no way to write; Word and Excel refuse a whole file for one of these.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# Office programs keep no longer titles among what they know of a file.
LONGEST_TITLE = 255


def title_of(words: str) -> str:
    """A title as a file knows it."""
    return writable(words)[:LONGEST_TITLE]


def writable(words: str) -> str:
    """The same words without what no file can hold."""
    return UNWRITABLE.sub("", words)
