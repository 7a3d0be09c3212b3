"""
The layouts that postings come in: one file each.

FORMATS is the one ordered list, most exact first; the last one takes any text. A new format is one file and one word here.
"""

from bot.parsing.formats.definition import DEFINITION
from bot.parsing.formats.format import Format
from bot.parsing.formats.job_board import JOB_BOARD
from bot.parsing.formats.plain import PLAIN

FORMATS: tuple[Format, ...] = (JOB_BOARD, DEFINITION, PLAIN)
