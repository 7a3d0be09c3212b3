"""A question in, an Answer out: the one door for every interface."""
