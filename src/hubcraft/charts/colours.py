"""The colours of charts: on paper as they are printed, on a page as its theme has them.

A chart is drawn in paper's colours; on a page each becomes the token it stands for. So no two may be the same.
"""

from typing import Final

# As tokens.css has them in the light theme; where it has one colour twice, one differs by what nobody sees.
PAPER: Final = {
    "ink": "#1c2230",
    "soft": "#595f6d",
    "line": "#ddd5c3",
    "edge": "#817969",
    "mine": "#0f2f5c",
    "sea": "#176a66",
    "ember": "#a34319",
    "level-1": "#fdf0b8",
    "level-2": "#bdb579",
    "level-3": "#6b6f7c",
    "level-4": "#0f2f5d",
    "on-level-1": "#12161f",
    "on-level-2": "#12161e",
    "on-level-3": "#ffffff",
    "on-level-4": "#fffffe",
}
TOKENS: Final = {colour: f"var(--{token})" for token, colour in PAPER.items()}
