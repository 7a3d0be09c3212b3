"""Boards that are followed: what they list, and which postings are still open."""
