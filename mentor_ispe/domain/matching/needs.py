"""What an application needs so that its program can match the person: what its criteria compare.

Declared once, with each kind in `criteria.py`: the field that it reads, and `missing`, which is empty where a match
can do without it. What the association says of a person (their chapter) isn't asked of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, ApplicationField
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.profile_fields import OWN_FIELDS, ProfileField


@dataclass(frozen=True)
class Needs:
	"""Fields by their place: those of the profile, and those of an application."""

	profile: frozenset[str]
	application: frozenset[str]

	def missing_of_profile(self, values: Mapping[str, Any]) -> list[ProfileField]:
		"""What the profile still lacks, in the order of its form."""
		return [field for field in OWN_FIELDS if field.name in self.profile and not values.get(field.name)]

	def missing_of_application(self, role: str, answers: Mapping[str, Any]) -> list[ApplicationField]:
		"""What the application in this role still lacks, in the order of its form."""
		return [
			field
			for field in APPLICATION_FIELDS[role]
			if field.name in self.application and not answers.get(field.name)
		]


def needs_of(criteria: Iterable[str]) -> Needs:
	"""What a program with these criteria needs, those that count for something."""
	kinds = [KINDS[each] for each in criteria if KINDS[each].missing]
	return Needs(
		frozenset(kind.profile_field for kind in kinds if kind.profile_field),
		frozenset(kind.application_field for kind in kinds if kind.application_field),
	)
