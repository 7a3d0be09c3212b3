"""The ways in: the terminal; Discord and the try-out page join it here. Each calls the Assistant and shows what it says."""
