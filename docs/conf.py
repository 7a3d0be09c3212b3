"""How the documentation is made: `.ci/documentation FOLDER` makes it."""

project = "Rolecall"
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Rolecall"
html_show_copyright = False
html_show_sphinx = False
html_show_sourcelink = False
html_copy_source = False
myst_heading_anchors = 3
"""How deep headings can be linked to."""
