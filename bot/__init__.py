"""Rolecall answers questions about job postings with the posting's own words."""
