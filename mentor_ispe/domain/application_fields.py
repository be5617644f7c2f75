"""What an applicant is asked: each field is declared here, once, in the order of the form.

The form of the members' pages, the API, drafts, the import, what is taken over from last year, whom it is shown to
and what an erasure clears are read from here; docs/contributing.md says how to add a field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.violations import N_

Role = Literal["Mentor", "Mentee"]

TEXT, TOPICS, NUMBER, YES_NO, CHOICE = "text", "list", "number", "yes_no", "choice"

# What keeps an answer of each kind in the record.
FIELDTYPES = {
	TEXT: "Small Text",
	TOPICS: "Table MultiSelect",
	NUMBER: "Int",
	YES_NO: "Check",
	CHOICE: "Select",
}


@dataclass(frozen=True)
class ApplicationField:
	"""One thing that is asked of everybody who applies in a role.

	`shown`: whoever they are matched with reads it. `asked_if` is the switch of the program without which the
	form leaves it out; `most` and `usual` are the program's fields for the largest number and the one to start
	with. `choices` are those of a CHOICE, in English. Words that people write are erased with them. `headings` are
	words that lists from elsewhere, English and German, have above its column, beside the field's own name.
	"""

	name: str
	kind: str
	question: str
	help: str = ""
	required: bool = False
	shown: bool = False
	choices: tuple[str, ...] = ()
	asked_if: str = ""
	most: str = ""
	usual: str = ""
	headings: tuple[str, ...] = ()


APPLICATION_FIELDS: Mapping[str, tuple[ApplicationField, ...]] = {
	MENTEE: (
		ApplicationField(
			"topics",
			TOPICS,
			N_("Topics you want to work on"),
			help=N_("Choose as many as matter to you."),
			headings=(
				*("topics wanted", "wants to learn", "learning goals topics", "development areas"),
				*("topics of interest", "gewünschte Themen", "Themenwünsche", "Lernfelder"),
			),
		),
		ApplicationField(
			"goals",
			TEXT,
			N_("What do you want to get out of it?"),
			help=N_("A sentence or two. The person you're matched with reads it."),
			shown=True,
			headings=("goal", "objectives", "expectations", "aims", "Ziele", "Ziel", "Erwartungen"),
		),
		ApplicationField(
			"willing_to_moderate",
			YES_NO,
			N_("I'm willing to be the moderator and keep the group together"),
			asked_if="requires_moderator",
			headings=("moderator", "moderate", "would moderate", "Moderation", "moderiert", "Moderator/in"),
		),
	),
	MENTOR: (
		ApplicationField(
			"seats_offered",
			NUMBER,
			N_("How many mentees can you take?"),
			help=N_("Across all your pairs and groups in this cycle."),
			required=True,
			most="max_seats",
			usual="default_seats",
			headings=(
				*("seats", "capacity", "mentees", "number of mentees", "max mentees", "how many mentees"),
				*("places", "Plätze", "Anzahl Mentees", "Kapazität", "Wie viele Mentees"),
			),
		),
		ApplicationField(
			"topics",
			TOPICS,
			N_("Topics you know"),
			headings=(
				*("topics offered", "can teach", "mentoring topics", "areas to mentor in", "can help with"),
				*("angebotene Themen", "Mentoring-Themen"),
			),
		),
		ApplicationField(
			"motivation",
			TEXT,
			N_("Why do you want to be a mentor?"),
			help=N_("Mentees can read this."),
			shown=True,
			headings=("why mentor", "reason", "reasons", "Motivation", "Beweggründe", "warum Mentor"),
		),
		ApplicationField(
			"goals",
			TEXT,
			N_("What would you like to get out of it yourself?"),
			headings=("goal", "objectives", "expectations", "aims", "Ziele", "Ziel", "Erwartungen"),
		),
	),
}


def names(role: str, kind: str = "") -> tuple[str, ...]:
	"""The fields of a role, or those of one kind."""
	return tuple(field.name for field in APPLICATION_FIELDS[role] if kind in ("", field.kind))


def shown_names(role: str) -> tuple[str, ...]:
	"""The fields that whoever is matched with the applicant reads."""
	return tuple(field.name for field in APPLICATION_FIELDS[role] if field.shown)
