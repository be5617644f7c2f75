"""Who is a member today, asked from the membership source; a copy is kept in the profile, for lists to show.

The copy is for reading: every rule asks the membership source itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.membership import Period, Standing, judge, unknown
from mentor_ispe.membership.base import Person, SourceUnavailable, fold, narrow
from mentor_ispe.membership.registry import SETTINGS, chosen, get_source

PROFILE = "Mentoring Profile"


def default_grace_days() -> int:
	"""Days of grace where a program doesn't say otherwise."""
	return cint(frappe.db.get_single_value(SETTINGS, "default_grace_days"))


@dataclass(frozen=True)
class Answer:
	"""What the source said about some people; `failure` says why it couldn't be asked, if it couldn't."""

	people: Mapping[str, Person]
	periods: Mapping[str, list[Period]]
	failure: str | None = None

	def standing(self, profile: str, on: date, grace_days: int) -> Standing:
		"""Judge one of these people; whoever isn't among them is unknown."""
		if self.failure is not None:
			return unknown(self.failure)
		if profile not in self.people:
			return unknown(_("there is no profile {0}").format(profile))
		return judge(self.periods.get(profile, ()), on, grace_days)


def standings(
	profiles: Iterable[str] | None, on: date | None = None, grace_days: int | None = None
) -> dict[str, Standing]:
	"""Return the standing of each profile (None: of all) on the day `on`, by default today.

	The number of queries doesn't depend on the number of people. `grace_days` defaults to the setting
	for the whole site. Never raises because of the source: when it can't be read everybody is Unknown,
	and the Error Log has the cause.
	"""
	wanted = None if profiles is None else list(dict.fromkeys(profiles))
	answer = ask(wanted)
	day = on or today()
	grace = default_grace_days() if grace_days is None else grace_days
	return {
		profile: answer.standing(profile, day, grace)
		for profile in (answer.people if wanted is None else wanted)
	}


def ask(profiles: Iterable[str] | None, log: bool = True) -> Answer:
	"""Ask the chosen source about these profiles (None: about all), once for all of them.

	`log` False keeps quiet about a failure that was logged a moment ago.
	"""
	return ask_about(_people(profiles), log)


def ask_about_login(user: str) -> Answer:
	"""Ask about somebody who has no profile yet, by the address of their login; the answer knows them by `user`."""
	return ask_about({user: Person(user, fold(user), user)})


def ask_about(people: Mapping[str, Person], log: bool = True) -> Answer:
	"""Ask the chosen source about these people, by the names under which the answer is to know them."""
	if not people:
		return Answer({}, {})
	try:
		return Answer(people, _periods(list(people.values())))
	except SourceUnavailable as unavailable:
		if log:
			_log(unavailable)
		return Answer(people, {}, failure=str(unavailable))


def _periods(people: list[Person]) -> Mapping[str, list[Period]]:
	source = get_source()
	savepoint = "mentoring_membership_source"
	frappe.db.savepoint(savepoint)
	try:
		periods = source.periods(people)
	except SourceUnavailable:
		raise
	except Exception as error:
		# The database refuses everything after a failed query on PostgreSQL, until this.
		frappe.db.rollback(save_point=savepoint)
		raise SourceUnavailable(_("{0} couldn't be read.").format(_(chosen()))) from error
	frappe.db.release_savepoint(savepoint)
	return periods


def _log(unavailable: SourceUnavailable) -> None:
	frappe.log_error(
		title="Mentoring: the membership source can't be asked",
		message=f"{unavailable}\n\n{frappe.get_traceback(with_context=False)}",
	)


def is_known_under(profile: str, address: str) -> bool:
	"""Whether the source knows anything of this person under that address; False when it can't be asked."""
	person = _people([profile])[profile]
	try:
		return bool(_periods([replace(person, email=fold(address))]).get(profile))
	except SourceUnavailable:
		return False


def _people(profiles: Iterable[str] | None) -> dict[str, Person]:
	profile = frappe.qb.DocType(PROFILE)
	query = frappe.qb.from_(profile).select(
		profile.name,
		profile.email,
		profile.user,
		profile.contact,
		profile.membership_doctype,
		profile.membership_record,
		profile.membership_email,
	)
	if profiles is None:
		return {row[0]: _person(*row) for row in query.run()}
	wanted = set(profiles)
	narrowed = narrow(query, (profile.name, wanted))
	rows = narrowed.run() if narrowed else ()
	return {row[0]: _person(*row) for row in rows if row[0] in wanted}


def _person(name: str, email: str, *rest: str | None) -> Person:
	"""Known to the source by the address in its records, which stays when the person moves to another login."""
	*known, membership_email = rest
	return Person(name, fold(membership_email or email), *known)


KEPT = ("membership_state", "active_until", "grace_until", "lapsed_since", "membership_reason")
STANDING_FIELDS = (*KEPT, "membership_checked_on")
CHUNK = 500
# Of more cached documents than these, all are dropped at once.
FEW = 20


def store_membership_status(standings: Mapping[str, Standing]) -> list[str]:
	"""Write the standings into the profiles, in bulk; return the profiles whose standing is another.

	Runs in the caller's transaction, leaves `modified` alone and writes no history: it's the machine's
	knowledge, not a change that a person made.
	"""
	if not standings:
		return []
	profile = frappe.qb.DocType(PROFILE)
	names = list(standings)
	stored = {}
	for start in range(0, len(names), CHUNK):
		rows = (
			frappe.qb.from_(profile)
			.select(profile.name, *(profile[field] for field in KEPT))
			.where(profile.name.isin(names[start : start + CHUNK]))
		).run()
		stored.update({name: tuple(values) for name, *values in rows})
	changed = {
		name: dict(zip(KEPT, values, strict=True))
		for name, standing in standings.items()
		if name in stored and stored[name] != (values := _values(standing))
	}
	frappe.db.bulk_update(PROFILE, changed, chunk_size=CHUNK, update_modified=False)
	moment = now_datetime()
	for start in range(0, len(names), CHUNK):
		(
			frappe.qb.update(profile)
			.set(profile.membership_checked_on, moment)
			.where(profile.name.isin(names[start : start + CHUNK]))
		).run()
	_forget_cached(list(changed))
	return list(changed)


def _forget_cached(profiles: list[str]) -> None:
	if len(profiles) > FEW:
		frappe.clear_document_cache(PROFILE)
		return
	for name in profiles:
		frappe.clear_document_cache(PROFILE, name)


def _values(standing: Standing) -> tuple[Any, ...]:
	return (
		standing.state,
		standing.active_until,
		standing.grace_until,
		standing.lapsed_since,
		standing.reason or None,
	)
