"""Postings by their address on the web: only public sites are asked, each redirect is checked again, and size and time are bounded."""
