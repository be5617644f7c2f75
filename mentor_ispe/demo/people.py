"""The demo's people: who they are and what the membership records say of them, worked out from people.toml.

No chance is involved: the same file always gives the same people.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from mentor_ispe.program_templates import read_toml

MENTOR_LOGIN, MENTEE_LOGIN = "mentor@example.org", "mentee@example.org"
STUDENT = "Student"
# Membership types of the demo with a yearly fee in the company's currency.
MEMBERSHIP_TYPES = {"Student": 20.0, "Emerging Professional": 90.0, "Professional": 250.0, "Supporter": 60.0}
TYPE_OF_STAGE = {
	"Student": "Student",
	"Recent Graduate": "Emerging Professional",
	"Early Career": "Emerging Professional",
}
ACTIVE = "active"


@dataclass(frozen=True)
class Period:
	"""One membership, its first and last day counted from the day of loading."""

	first_day: int
	last_day: int
	paid: bool = True
	cancelled: bool = False

	def dates(self, today: date) -> tuple[date, date]:
		return today + timedelta(days=self.first_day), today + timedelta(days=self.last_day)


@dataclass(frozen=True)
class DemoPerson:
	"""One made-up member. `standing` names what the membership records show today."""

	number: int
	profile: dict[str, Any]
	membership_type: str
	standing: str

	@property
	def email(self) -> str:
		return self.profile["email"]

	@property
	def full_name(self) -> str:
		return self.profile["full_name"]

	@property
	def stage(self) -> str:
		return self.profile["career_stage"]

	@property
	def periods(self) -> list[Period]:
		return list(periods_of(self.standing, self.number))


def everybody() -> list[DemoPerson]:
	"""All people of the demo, always the same and in the same order."""
	source = read_toml(Path(__file__).with_name("people.toml"))
	named = list(_named(source["places"]))
	standings = _standings(source["memberships"], len(named))
	return [
		_person(number, place, name, source["dealt"], standings[number])
		for number, (place, name) in enumerate(named)
	]


def periods_of(standing: str, number: int) -> Iterator[Period]:
	"""The memberships that lead to this standing today; `number` only spreads the dates."""
	if standing == ACTIVE:
		begun = 20 + number * 37 % 300
		yield Period(-begun - 365, -begun - 1)
		yield Period(-begun, 364 - begun)
	elif standing == "grace":
		yield Period(-10 - number % 7 - 365, -10 - number % 7)
	elif standing == "lapsed":
		yield Period(-90 - number % 20 - 365, -90 - number % 20)
	elif standing == "cancelled":
		yield Period(-120, 245, cancelled=True)
	elif standing == "unpaid":
		yield Period(-60, 305, paid=False)
	elif standing == "future":
		yield Period(1 + number % 9, 366 + number % 9)
	elif standing == "overlapping":
		yield Period(-420, 90)
		yield Period(60, 425)


def _named(places: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
	"""Every person with a place, the places mixed so that neighbours come from different ones."""
	waiting = [[(place, name) for name in _names(place)] for place in places]
	while any(waiting):
		for queue in waiting:
			if queue:
				yield queue.pop(0)


def _names(place: dict[str, Any]) -> Iterator[str]:
	for first_name, surname in zip(place["first_names"], cycle(place["surnames"])):
		yield f"{first_name} {surname}"


def _standings(counts: dict[str, int], people: int) -> list[str]:
	"""Deal the special standings out at even distances; the first two, who have logins, stay active."""
	left, special = dict(counts), []
	while any(left.values()):
		for standing in [name for name, count in left.items() if count]:
			special.append(standing)
			left[standing] -= 1
	dealt = [ACTIVE] * people
	for index, standing in enumerate(special):
		dealt[2 + index * (people - 2) // len(special)] = standing
	return dealt


def _person(
	number: int, place: dict[str, Any], name: str, dealt: dict[str, Any], standing: str
) -> DemoPerson:
	stage = dealt["career_stages"][number % len(dealt["career_stages"])]
	if number == 0:
		stage = "Executive"
	elif number == 1:
		stage = "Early Career"
	employers = dealt["schools"] if stage == STUDENT else dealt["employers"]
	topics = dealt["topics"]
	first = number * 5 % len(topics)
	chosen = [topics[first], topics[(first + 3) % len(topics)]]
	industry = dealt["industries"][number * 7 % 11 % len(dealt["industries"])]
	titles = dealt["job_titles"][stage]
	return DemoPerson(
		number=number,
		profile={
			"full_name": name,
			"email": {0: MENTOR_LOGIN, 1: MENTEE_LOGIN}.get(number, f"{_ascii(name)}@example.org"),
			"employer": employers[number * 7 % len(employers)],
			"job_title": titles[number // 3 % len(titles)],
			"career_stage": stage,
			"industry": industry,
			"city": place["city"],
			"country": place["country"],
			"chapter": place["chapter"],
			"time_zone": place["time_zone"],
			"languages": place["languages"],
			"topics": chosen,
			"learning_style": dealt["learning_styles"][number * 3 % len(dealt["learning_styles"])],
			"biography": f"Made up for the demo. Works on {industry.lower()} and likes to talk about {chosen[0].lower()}.",
		},
		membership_type=TYPE_OF_STAGE.get(stage, "Supporter" if number % 17 == 16 else "Professional"),
		standing=standing,
	)


def _ascii(name: str) -> str:
	"""The part of an address before the @: plain letters, words joined by dots."""
	plain = unicodedata.normalize("NFKD", name.replace("ø", "o")).encode("ascii", "ignore").decode()
	return ".".join("".join(letter for letter in word if letter.isalnum()) for word in plain.lower().split())
