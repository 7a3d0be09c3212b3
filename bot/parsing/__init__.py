"""A text in any layout becomes a Posting with its facts."""
