"""What is said in a chat, as plain values: cards with controls, laid out and made harmless. Nothing here knows discord.py."""
