"""`mentor-ispe match people.csv [mentors.csv] --program program.toml [--out DIR]`: see docs/matching.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mentor_ispe.cli import output
from mentor_ispe.cli.errors import Refused
from mentor_ispe.cli.people import read_lists, read_pairs
from mentor_ispe.cli.program import read_program
from mentor_ispe.domain.matching.pairs import match_pairs
from mentor_ispe.domain.matching.result import MatchingError

UNUSABLE = 2
"""Exit status when the files can't be used; argparse gives the same for wrong options."""


def main(arguments: Sequence[str] | None = None) -> int:
	"""Run the command; return its exit status."""
	options = _parser().parse_args(arguments)
	try:
		return options.run(options)
	except Refused as refused:
		print(*refused.lines, sep="\n", file=sys.stderr)
	except MatchingError as error:
		print(*error.violations, sep="\n", file=sys.stderr)
	except OSError as error:
		print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
	return UNUSABLE


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(prog="mentor-ispe", description="Mentoring without Frappe.")
	commands = parser.add_subparsers(required=True, metavar="command")
	match = commands.add_parser("match", help="match mentees and mentors from lists: CSV, .xlsx or .ods")
	match.add_argument("people", type=Path, help="everybody, or the mentees when a second list is given")
	match.add_argument("mentors", type=Path, nargs="?", help="the mentors")
	match.add_argument("--program", type=Path, required=True, help="criteria and headings, a TOML file")
	match.add_argument("--out", type=Path, help="folder for the results; without it proposals are printed")
	match.add_argument(
		"--pins", type=Path, help="pairs that stand: a list with the headings mentee and mentor"
	)
	match.add_argument("--forbid", type=Path, help="pairs that may not be, in the same form")
	match.add_argument(
		"--sheet", default="", help="the sheet to read, where a workbook has several with content"
	)
	match.set_defaults(run=_match)
	return parser


def _match(options: argparse.Namespace) -> int:
	program = read_program(options.program, date.today())
	lists = read_lists(program, options.people, options.mentors, options.sheet)
	result = match_pairs(
		lists.mentees,
		lists.mentors,
		program.rules,
		pins=read_pairs(options.pins, lists) if options.pins else (),
		forbidden=read_pairs(options.forbid, lists) if options.forbid else (),
	)
	if options.out is None:
		sys.stdout.write(output.proposals(result, lists).as_csv(lists.separator or ","))
	else:
		output.write_all(options.out, result, lists)
	print(output.in_words(result, lists), file=sys.stderr)
	return 0
