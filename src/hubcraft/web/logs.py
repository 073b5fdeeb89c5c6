"""What the log never holds: an address that is a key."""

import logging
import re

# What follows these opens something for whoever has it.
KEYS = re.compile(
    r"/(calendar|no-more-letters|no-more-mails|invitation|welcome|j)/[^/\s?#\"']+", re.IGNORECASE
)


class WithoutKeys(logging.Filter):
    """Takes keys out of every line, also out of what a fault was raised with."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = without_keys(said)
        if kept != said:
            record.msg, record.args = kept, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_keys(logging.Formatter().formatException(record.exc_info))
        return True


def without_keys(said: str) -> str:
    """The same with a dash for each key."""
    return KEYS.sub(r"/\1/–", said)
