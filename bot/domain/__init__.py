"""
What a posting, a fact and an answer are: frozen values that know nothing of where they come from.

Times are UTC, countries ISO 3166-1 alpha-2, languages ISO 639-1, currencies ISO 4217; a topic is called by its name, pages count from 0,
revisions from 1, and a posting's id stays the same over all of them. Those of proposals and reports are twelve signs, not to be guessed.
"""
