"""
The layouts that postings come in: one file each.

FORMATS is the one ordered list, most exact first; the last one takes any text. A new format is one file and one word here.
"""

from bot.parsing.formats.ashby import ASHBY
from bot.parsing.formats.definition import DEFINITION
from bot.parsing.formats.format import Format
from bot.parsing.formats.front_matter import FRONT_MATTER
from bot.parsing.formats.greenhouse import GREENHOUSE
from bot.parsing.formats.html import HTML
from bot.parsing.formats.job_board import JOB_BOARD
from bot.parsing.formats.json_ld import JSON_LD
from bot.parsing.formats.lever import LEVER
from bot.parsing.formats.plain import PLAIN

FORMATS: tuple[Format, ...] = (JOB_BOARD, DEFINITION, FRONT_MATTER, JSON_LD, GREENHOUSE, LEVER, ASHBY, HTML, PLAIN)
