"""The page of an import: a file of people, applications or memberships on its way in, for coordinators."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Any

import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Count
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.imports import mappings, page, state

MOST = 5_000
"""Columns of a file, or different words in them."""

Words = dict[str, str]


@endpoint(COORDINATOR_ONLY)
def columns(name: str) -> dict:
	"""The headings and first rows of the file, and what each column seems to be."""
	return page.columns(name)


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def words(name: str, columns: Words, values: dict[str, Words], separators: Words) -> dict:
	"""What the words in columns that were chosen seem to mean; `values` are meanings given already."""
	return page.words(name, columns, values, separators)


@endpoint(COORDINATOR_ONLY)
def guessed_form(name: str) -> dict:
	"""What the file looks like by itself, whatever was chosen or kept."""
	return page.guessed_form(name)


@endpoint(COORDINATOR_ONLY)
def kept_form(name: str, title: str) -> dict:
	"""The choices that were kept under a name, for this file."""
	return page.kept_form(name, title)


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def check(
	name: str,
	columns: Words,
	values: dict[str, Words] | None = None,
	constants: dict[str, Any] | None = None,
	separators: Words | None = None,
) -> None:
	"""Keep what was chosen, and look in the background at what would happen with each row."""
	page.choose(name, _form(columns, values, constants, separators))
	state.begin(name, state.CHECKING)


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def keep_mapping(
	name: str,
	title: str,
	columns: Words,
	values: dict[str, Words] | None = None,
	constants: dict[str, Any] | None = None,
	separators: Words | None = None,
) -> str:
	"""Keep what was chosen for the next file, under a name."""
	return page.keep(name, title, _form(columns, values, constants, separators))


def _form(
	columns: Words,
	values: dict[str, Words] | None,
	constants: dict[str, Any] | None,
	separators: Words | None,
) -> mappings.Form:
	return {
		"columns": columns,
		"values": values or {},
		"constants": constants or {},
		"separators": separators or {},
	}


@endpoint(COORDINATOR_ONLY)
def carry_out(name: str) -> None:
	"""Import the rows that wait, in the background; one whose job is gone is gone on with."""
	page.begin_import(name)


@endpoint(COORDINATOR_ONLY)
def undo(name: str) -> None:
	"""Take back, in the background, what the import did."""
	state.begin(name, state.UNDOING)


@endpoint(COORDINATOR_ONLY)
def resume(name: str) -> None:
	"""Go on with what was under way when its job broke off."""
	state.resume(name)


@endpoint(COORDINATOR_ONLY, methods=READS)
def current_state(name: str) -> dict:
	"""Where the import stands, and how many rows have each fate and each status."""
	return page.current_state(name)


@endpoint(COORDINATOR_ONLY, methods=READS)
def some_rows(name: str, fate: str = "", status: str = "", start: Count = 0) -> list[dict]:
	"""Some of its rows, with what would happen or has happened with each."""
	return page.some_rows(name, fate, status, start)


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def decide(name: str, rows: list[str], decision: str) -> int:
	"""Say of possible duplicates who they are: "Same Person", "New Person" or "Leave Out"."""
	return page.decide(name, rows, decision)


@endpoint(COORDINATOR_ONLY, methods=READS)
def refused_rows(name: str) -> None:
	"""Download the rows that aren't imported, each with the reason, as a workbook."""
	frappe.local.response.update(
		{"type": "download", "filename": "not-imported.xlsx", "filecontent": page.refused_file(name)}
	)
