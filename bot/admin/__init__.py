"""Adding and keeping postings in a chat, as values that know nothing of Discord: who may, previews, forms, lists, history."""
