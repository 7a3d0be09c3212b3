"""Postings are kept here, in SQLite or PostgreSQL, with every revision and each fact beside its quote; open `store.Store`."""
