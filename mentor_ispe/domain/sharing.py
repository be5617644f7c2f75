"""Who may see what of a person: each says it for each field of their profile, and for their address."""

from __future__ import annotations

from collections.abc import Mapping

from mentor_ispe.domain.violations import N_, Violation

NOBODY, GROUPS, SEARCH = "Nobody", "My Groups", "My Groups and Search"
# Each level shows what the one before it shows, and more.
LEVELS = (NOBODY, GROUPS, SEARCH)
# Field of the profile → what holds while the person has chosen nothing.
DEFAULTS = {
	"job_title": SEARCH,
	"employer": GROUPS,
	"career_stage": SEARCH,
	"industry": SEARCH,
	"city": GROUPS,
	"country": SEARCH,
	"time_zone": GROUPS,
	"languages": GROUPS,
	"topics": SEARCH,
	"biography": SEARCH,
	"email": NOBODY,
}
# Readers: the people of one's groups; whoever is asked to meet one; members who look for a mentor.
GROUP, MATCH, SEEKER = "group", "match", "seeker"
# What is needed to say yes to a match; the rest comes with the group.
OF_A_MATCH = frozenset({"job_title", "career_stage", "industry", "country", "topics", "biography"})


def level(field: str, chosen: str | None) -> str:
	"""What holds for the field; a choice that isn't one counts as none."""
	return chosen if chosen in LEVELS else DEFAULTS[field]


def is_shown(field: str, chosen: str | None, reader: str) -> bool:
	"""Whether `reader` (GROUP, MATCH or SEEKER) sees the field of somebody who chose this."""
	holds = level(field, chosen)
	if holds == NOBODY:
		return False
	return holds == SEARCH or reader == GROUP or (reader == MATCH and field in OF_A_MATCH)


def check_choices(choices: Mapping[str, str]) -> list[Violation]:
	"""What is wrong with choices by field."""
	unknown = sorted(set(choices) - set(DEFAULTS))
	broken = []
	if unknown:
		broken.append(
			Violation("sharing_field", N_("A profile has no field {fields} to share."), {"fields": unknown})
		)
	if any(chosen not in LEVELS for chosen in choices.values()):
		broken.append(
			Violation("sharing_level", N_("Choose one of these for each item: {levels}."), {"levels": LEVELS})
		)
	return broken
