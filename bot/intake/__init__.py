"""Postings come in and go out: files, folders and archives are read and kept in the Store; what is kept is exported and read back."""
