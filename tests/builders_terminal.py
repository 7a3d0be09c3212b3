"""Postings to try the commands on."""

COOK = """\
# Cook

Company: Copper Pan
Location: Remote

Copper Pan is looking for a cook. We pay $50,000 to $60,000 a year.

## Requirements
- Three years at a stove
- A calm hand with knives

## Benefits
- Lunch, every day
"""

HOSTILE = """\
# Title: Clerk [bold red]now[/bold red]

Acme\x1b[31m is hiring a clerk\x07 who knows [link=https://evil.example]filing[/link] and writes letters all day long, \u202eno really.

## Requirements
- [blink]Speed[/blink] and :smile: precision
"""
