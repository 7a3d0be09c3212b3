"""The bot on Discord, and on a simulated one for the try-out page."""
