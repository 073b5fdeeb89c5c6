"""Writing the weekly letter, and the links of calendars."""
