"""The ways in: Discord, the try-out page, the terminal. Each calls the Assistant and shows what it says."""
