"""What a posting, a fact and an answer are: frozen values that know nothing of where they come from."""
