"""What makes the models in data/models/ from labelled text; nothing in bot/ imports it."""
