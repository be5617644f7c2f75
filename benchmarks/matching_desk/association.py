"""An association of the engine's benchmark as records of a site: written in bulk, and taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import frappe
from frappe.utils import add_days, now, nowdate

from benchmarks.matching.people import RULES, association
from mentor_ispe.domain.matching.people import Candidate

NAME = "Benchmark of the Desk"
# A time zone for each distance from UTC of the synthetic people.
ZONES = {5.5: "Asia/Kolkata"} | {
	float(hours): f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC" for hours in range(-12, 13)
}
MADE = (
	*("Mentoring Topic", "Mentoring Industry"),
	*("Mentoring Profile", "Mentoring Profile Language", "Mentoring Topic Item", "Membership Roll Entry"),
	*("Mentor", "Mentee", "Mentoring Mentor Wish", "Mentoring Mentee Wish"),
	*("Mentoring Group", "Mentoring Group Member", "Mentoring Match Proposal", "Mentoring Match Run"),
	*("Mentoring Match Criterion", "Mentoring Match Constraint", "Mentoring Notice", "Email Queue"),
	*(
		"Email Queue Recipient",
		"Mentoring Cycle",
		"Mentoring Program",
		"Version",
		"Error Log",
		"Comment",
		"User",
		"Has Role",
	),
)


def there() -> dict[str, set[str]]:
	"""Names of all records of the kinds that a benchmark makes."""
	known = [doctype for doctype in MADE if frappe.db.table_exists(doctype)]
	return {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in known}


def take_away(before: dict[str, set[str]]) -> None:
	"""Delete what wasn't there `before`, and commit."""
	for doctype, names in before.items():
		new = sorted(set(frappe.get_all(doctype, pluck="name")) - names)
		for start in range(0, len(new), 1000):
			frappe.db.delete(doctype, {"name": ("in", new[start : start + 1000])})
	frappe.db.commit()


def put_association(mentees: int, mentors: int, seats_per_mentee: float = 1.2) -> str:
	"""A cycle with that many approved people, all of them active members on the roll; returns its name."""
	learners, teachers = association(mentees, mentors, seats_per_mentee)
	_put_terms(
		"Mentoring Topic",
		"topic",
		{
			topic
			for person in (*learners, *teachers)
			for topic in (*person.wants, *person.offers, *person.knows)
		},
	)
	_put_terms("Mentoring Industry", "industry", {person.industry for person in (*learners, *teachers)})
	program, cycle = _put_cycle()
	mark = frappe.generate_hash(length=6)
	for doctype, people in (("Mentee", learners), ("Mentor", teachers)):
		_put_profiles(mark, people)
		_put_side(doctype, mark, people, program, cycle)
	frappe.db.set_single_value(
		"Mentoring Settings", {"membership_source": "Membership Roll", "default_grace_days": 30}
	)
	frappe.db.commit()
	return cycle


def _put_terms(doctype: str, field: str, terms: set[str]) -> None:
	missing = sorted(terms - set(frappe.get_all(doctype, pluck="name")))
	put(doctype, [field], ((term, term) for term in missing))


def _put_cycle() -> tuple[str, str]:
	name = f"{NAME} {frappe.generate_hash(length=6)}"
	program = frappe.new_doc("Mentoring Program")
	program.update(
		{
			"program_name": name,
			"format": "One-on-One",
			"status": "Published",
			"length_months": 12,
			"group_size_min": 1,
			"group_size_max": 1,
			"default_seats": 1,
			"max_seats": 10,
			"answer_days": 14,
			"employers_apart": int(RULES.employers_apart),
			"time_zone_window": RULES.time_window,
		}
	)
	for criterion in RULES.criteria:
		program.append(
			"criteria",
			{
				"criterion": criterion.kind,
				"weight": criterion.weight,
				"is_hard": int(criterion.is_hard),
			},
		)
	program.insert()
	cycle = frappe.new_doc("Mentoring Cycle")
	cycle.update(
		{
			"cycle_name": name,
			"program": program.name,
			"status": "Open",
			"application_from": add_days(nowdate(), -10),
			"application_until": add_days(nowdate(), 10),
			"start_date": add_days(nowdate(), 20),
			"end_date": add_days(nowdate(), 380),
		}
	)
	return program.name, cycle.insert().name


def _put_profiles(mark: str, people: Sequence[Candidate]) -> None:
	put(
		"Mentoring Profile",
		[
			"full_name",
			"email",
			"employer",
			"career_stage",
			"industry",
			"country",
			"chapter",
			"time_zone",
			"learning_style",
		],
		(
			(
				_profile(mark, person),
				person.full_name,
				email(mark, person),
				person.employer,
				person.career_stage,
				person.industry,
				person.country,
				person.chapter,
				ZONES[person.utc_offset],
				person.learning_style,
			)
			for person in people
		),
	)
	put(
		"Membership Roll Entry",
		["member_number", "full_name", "email", "membership_type", "from_date", "to_date", "cancelled"],
		(
			(
				f"{mark}-{person.name}",
				f"{mark}-{person.name}",
				person.full_name,
				email(mark, person),
				"Full",
				add_days(nowdate(), -100),
				add_days(nowdate(), 265),
				0,
			)
			for person in people
		),
	)
	_put_rows(
		"Mentoring Profile Language",
		"language",
		"Mentoring Profile",
		"languages",
		((_profile(mark, person), person.languages) for person in people),
	)


def _put_side(doctype: str, mark: str, people: Sequence[Candidate], program: str, cycle: str) -> None:
	own = {person.name: f"{mark}-{person.name}" for person in people}
	seats = ["seats_offered", "seats_taken"] if doctype == "Mentor" else []
	put(
		doctype,
		["profile", "full_name", "cycle", "program", "status", *seats],
		(
			(own[person.name], _profile(mark, person), person.full_name, cycle, program, "Approved")
			+ ((person.seats, 0) if seats else ())
			for person in people
		),
	)
	topics = (
		[("topics", "wants")] if doctype == "Mentee" else [("topics", "knows"), ("eager_topics", "offers")]
	)
	for field, of in topics:
		_put_rows(
			"Mentoring Topic Item",
			"topic",
			doctype,
			field,
			((own[person.name], getattr(person, of)) for person in people),
		)
	wish, other = (
		("Mentoring Mentor Wish", "mentor") if doctype == "Mentee" else ("Mentoring Mentee Wish", "mentee")
	)
	_put_rows(
		wish,
		other,
		doctype,
		"wishes",
		((own[person.name], [f"{mark}-{name}" for name in person.wishes]) for person in people),
	)


def _put_rows(
	table: str, field: str, parenttype: str, parentfield: str, rows: Iterable[tuple[str, Sequence[str]]]
) -> None:
	put(
		table,
		["parent", "parenttype", "parentfield", "idx", field],
		(
			(frappe.generate_hash(length=10), parent, parenttype, parentfield, number, value)
			for parent, values in rows
			for number, value in enumerate(values, 1)
		),
	)


def _profile(mark: str, person: Candidate) -> str:
	return f"{mark}-P-{person.name}"


def email(mark: str, person: Candidate) -> str:
	return f"{mark}-{person.name}@example.org".lower()


def put(doctype: str, fields: list[str], rows: Iterable[tuple]) -> None:
	"""Insert rows as they are, their names first."""
	moment = now()
	common: tuple = ("Administrator", "Administrator", moment, moment)
	lines: Iterator[tuple] = ((*common, *row) for row in rows)
	frappe.db.bulk_insert(
		doctype, ["owner", "modified_by", "creation", "modified", "name", *fields], lines, chunk_size=2000
	)
