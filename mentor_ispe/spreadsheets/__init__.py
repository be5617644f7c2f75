"""Lists as files. Read a table that somebody saved from a spreadsheet: Excel's and LibreOffice's own formats, or text of any kind.

Nothing is guessed silently where a guess could lose somebody: a quote that is never closed, a cell without end,
a second sheet with content are told, by row, and nothing is read then. What is written opens as one would wish.
"""

from mentor_ispe.spreadsheets.errors import TableError
from mentor_ispe.spreadsheets.table import LONGEST_CELL, Table, read_table
from mentor_ispe.spreadsheets.writing import workbook

__all__ = ["LONGEST_CELL", "Table", "TableError", "read_table", "workbook"]
