"""Who of a group may meet: agreements signed and training done (domain/sessions/readiness.py), batched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import cint, getdate

from mentor_ispe.domain import seats as seats_domain
from mentor_ispe.domain.pauses import Pauses, is_away
from mentor_ispe.domain.sessions import readiness as domain
from mentor_ispe.domain.violations import Violation
from mentor_ispe.readings.seats import seats

# Who is in a group, or about to be; others are nobody's to wait for.
SEATED = ("Accepted", "Active", "Suspended")
TRAINING = {
	"Mentor": "training_for_mentors",
	"Mentee": "training_for_mentees",
	"Moderator": "training_for_moderators",
}
NEVER = date.max


@dataclass(frozen=True)
class ParticipantSeat:
	"""One person's seat in a group, whatever its state, the mentor's first."""

	group: str
	status: str
	person: domain.Participant
	joined_on: date | None = None
	left_on: date | None = None
	pauses: Pauses = ()

	def is_there(self, day: date) -> bool:
		"""Whether the seat is active, and the person isn't away on that day."""
		return self.status == "Active" and not is_away(self.pauses, day)


@dataclass(frozen=True)
class Readiness:
	"""Everything that the question needs of some groups, read once; ask it for as many days as you like."""

	seats: Mapping[str, list[ParticipantSeat]]
	terms: Mapping[str, domain.Terms]

	def missing(
		self, group: str, on: date, statuses: Collection[str] | None = SEATED
	) -> dict[str, list[Violation]]:
		"""What the people of the group lack on that day, by profile; whoever is ready isn't in it."""
		people = [
			seat.person for seat in self.seats.get(group, ()) if statuses is None or seat.status in statuses
		]
		return dict(domain.missing_among(people, self.terms.get(group, domain.Terms()), on))

	def signatures(self, group: str, on: date) -> tuple[int, int]:
		"""(signatures asked of those who are active in the group, those that are there)"""
		terms = self.terms.get(group, domain.Terms())
		signed = [
			signed
			for seat in self.seats.get(group, ())
			if seat.status == "Active"
			for _agreement, _version, signed in domain.asked(seat.person, terms, on)
		]
		return len(signed), sum(signed)


def missing(group: str, on: date) -> dict[str, list[Violation]]:
	"""What the people in the group lack to meet on that day, by profile; whoever is ready isn't in it."""
	return missing_in([group], on)[group]


def missing_in(groups: Iterable[str], on: date) -> dict[str, dict[str, list[Violation]]]:
	"""The same for many groups, in a constant number of queries."""
	names = list(dict.fromkeys(groups))
	known = load(names)
	return {name: known.missing(name, on) for name in names}


def unsigned(
	profile: str,
	parts: Mapping[str, Collection[str]],
	on: date,
	anew: Mapping[str, Collection[str]] | None = None,
) -> list[tuple[str, str | None]]:
	"""(agreement, cycle) that somebody with these parts, by program, is to have signed by a day and hasn't.

	`anew` are the cycles, by program, for which they sign once more; the cycle is None where they never signed.
	In the order in which the programs ask for them; three queries.
	"""
	required = _requirements(parts)
	signatures = tuple(_signatures({profile}, required).get(profile, ()))
	found: dict[tuple[str, str | None], None] = {}
	for program, of in parts.items():
		person = domain.Participant(profile, profile, frozenset(of), signatures=signatures)
		for cycle in (*sorted((anew or {}).get(program, ())), None):
			terms = domain.Terms(required.get(program, ()), anew=cycle)
			for _requirement, version, signed in domain.asked(person, terms, on):
				if not signed:
					found[version, cycle] = None
	once_more = {version for version, cycle in found if cycle}
	return [(version, cycle) for version, cycle in found if cycle or version not in once_more]


def load(groups: Collection[str]) -> Readiness:
	"""Read what the question needs of these groups; eight queries at most."""
	names = sorted(set(groups))
	if not names:
		return Readiness({}, {})
	heads = _heads(names)
	everyone = seats(names)
	profiles = {seat.profile for seat in everyone}
	programs = {row.program for row in heads}
	required = _requirements(programs)
	training = _training(programs)
	signed = _signatures(profiles, required)
	terms = {
		row.name: domain.Terms(
			required.get(row.program, ()),
			training.get(row.program, frozenset()),
			anew=row.cycle if row.extends else None,
		)
		for row in heads
	}
	trained = _trained(everyone)
	known: dict[str, list[ParticipantSeat]] = {name: [] for name in names}
	for seat in everyone:
		parts = {"Mentor"} if seat.is_mentor else {"Mentee", *(("Moderator",) if seat.is_moderator else ())}
		person = domain.Participant(
			seat.profile,
			seat.full_name or seat.profile,
			frozenset(parts),
			trained[seat.person],
			tuple(signed.get(seat.profile, ())),
		)
		known[seat.group].append(
			ParticipantSeat(seat.group, seat.status, person, seat.joined_on, seat.left_on, seat.pauses)
		)
	return Readiness(known, terms)


def _trained(everyone: Collection[seats_domain.Seat]) -> dict[str, frozenset[str]]:
	"""For each Mentor or Mentee the parts that they were trained for."""
	found: dict[str, frozenset[str]] = defaultdict(frozenset)
	fields = {"training_completed": "", "moderator_training_completed": "Moderator"}
	for doctype in ("Mentor", "Mentee"):
		names = sorted({seat.person for seat in everyone if seat.is_mentor == (doctype == "Mentor")})
		if not names:
			continue
		there = [field for field in fields if frappe.get_meta(doctype).has_field(field)]
		for row in frappe.get_all(doctype, {"name": ("in", names)}, ["name", *there]):
			found[row.name] = frozenset(fields[field] or doctype for field in there if cint(row[field]))
	return found


def _heads(names: list[str]) -> list[frappe._dict]:
	return frappe.get_all(
		"Mentoring Group",
		{"name": ("in", names)},
		["name", "program", "cycle", "extends"],
	)


def _requirements(programs: Iterable[str]) -> dict[str, list[domain.Requirement]]:
	rows = frappe.get_all(
		"Mentoring Program Agreement",
		{"parent": ("in", sorted(programs)), "parenttype": "Mentoring Program"},
		["parent", "agreement", "required_of"],
		order_by="parent, idx",
	)
	if not rows:
		return {}
	agreement = frappe.qb.DocType("Mentoring Agreement")
	named = frappe.qb.DocType("Mentoring Agreement").as_("named")
	found = (
		frappe.qb.from_(named)
		.join(agreement)
		.on((agreement.title == named.title) & (agreement.version <= named.version))
		.select(named.name.as_("of"), agreement.name, agreement.title, agreement.published_on)
		.where(named.name.isin(sorted({row.agreement for row in rows})) & agreement.published_on.notnull())
		.orderby(agreement.published_on)
		.orderby(agreement.version)
	).run(as_dict=True)
	versions: dict[str, list[frappe._dict]] = defaultdict(list)
	for row in found:
		versions[row.of].append(row)
	required: dict[str, list[domain.Requirement]] = defaultdict(list)
	for row in rows:
		published = versions.get(row.agreement)
		if published:
			required[row.parent].append(
				domain.Requirement(
					published[0].title,
					row.required_of,
					tuple(domain.Version(each.name, getdate(each.published_on)) for each in published),
				)
			)
	return required


def _training(programs: Collection[str]) -> dict[str, frozenset[str]]:
	rows = frappe.get_all(
		"Mentoring Program", {"name": ("in", sorted(programs))}, ["name", *TRAINING.values()]
	)
	return {row.name: frozenset(part for part, field in TRAINING.items() if row.get(field)) for row in rows}


def _signatures(
	profiles: Collection[str], required: Mapping[str, list[domain.Requirement]]
) -> dict[str, list[domain.Signature]]:
	versions = {
		version.name
		for requirements in required.values()
		for requirement in requirements
		for version in requirement.versions
	}
	if not (profiles and versions):
		return {}
	rows = frappe.get_all(
		"Mentoring Agreement Acceptance",
		{"profile": ("in", sorted(profiles)), "agreement": ("in", sorted(versions))},
		["profile", "agreement", "accepted_on", "cycle"],
	)
	signed: dict[str, list[domain.Signature]] = defaultdict(list)
	for row in rows:
		day = getdate(row.accepted_on) if row.accepted_on else NEVER
		signed[row.profile].append(domain.Signature(row.agreement, day, row.cycle or None))
	return signed
