"""Pure functions that read text: no topic, no storage, no network."""
