"""Every command, in the order of the help; a new one is a module and a word here."""

from bot.interfaces.terminal.ask_command import ASK
from bot.interfaces.terminal.backup_command import BACKUP
from bot.interfaces.terminal.chat_command import CHAT
from bot.interfaces.terminal.command import Command
from bot.interfaces.terminal.export_command import EXPORT
from bot.interfaces.terminal.history_command import HISTORY
from bot.interfaces.terminal.import_command import IMPORT
from bot.interfaces.terminal.parse_command import PARSE
from bot.interfaces.terminal.remove_command import REMOVE
from bot.interfaces.terminal.report_command import REPORT
from bot.interfaces.terminal.restore_command import RESTORE
from bot.interfaces.terminal.run_command import RUN
from bot.interfaces.terminal.try_command import TRY

COMMANDS: tuple[Command, ...] = (TRY, RUN, CHAT, ASK, PARSE, REPORT, IMPORT, REMOVE, HISTORY, EXPORT, BACKUP, RESTORE)
