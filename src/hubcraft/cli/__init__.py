"""The commands people type: `hubcraft serve | work | demo | backup | restore | packs | check`."""
