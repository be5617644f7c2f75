"""What a mail's first wording is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
	"""The first wording of one mail; `values` are what its template may use, with their meaning.

	`to` and `when` say in a few words who gets it and when; docs/mails.md shows them. A mail that may wait
	joins the daily mail of those who chose one a day; one that is `at_once` never does. `together` names
	the list in which the template gets the values of several notices: those to one person in one night
	become one mail, in the morning.
	"""

	subject: str
	file: str
	values: dict[str, str]
	to: str = ""
	when: str = ""
	at_once: bool = False
	together: str = ""
