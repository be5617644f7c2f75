"""What is known of the people who are written to: address, language, and the values of the fields in the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import frappe
from frappe.query_builder import DocType
from frappe.utils import create_batch, cstr, get_datetime, now_datetime, validate_email_address

from mentor_ispe.domain import mailings
from mentor_ispe.domain.mailings import Addressee
from mentor_ispe.domain.seats import MENTEE, Seat
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.mails.readers import AT_MOST_ONE_A_DAY, ONLY_NEEDED, Reader
from mentor_ispe.permissions.conflict_of_interest import groups_closed_to
from mentor_ispe.readings.seats import GROUP, seats
from mentor_ispe.services.mailings.audience import AT_ONCE, PROFILE, Meant

SHOWN_SEATS = (*sorted(LIVE_SEATS), "Completed")
OF_GROUPS = frozenset({"group", "mentor", "mentees", "others"})
"""The fields that need the groups of people."""


def addressees(meant: Sequence[Meant], used: Collection[str]) -> list[Addressee]:
	"""Everyone with what is known of them, in the same order; eight queries for a thousand, whoever they are.

	Nothing is read of groups that are closed to the user, nor of those whose match isn't announced yet. Of very
	many people groups are read only where a field in use, or the program, is found no other way.
	"""
	closed = groups_closed_to()
	of_groups = (
		len(meant) <= AT_ONCE or not OF_GROUPS.isdisjoint(used) or not all(each.cycle for each in meant)
	)
	return [each for part in create_batch(meant, AT_ONCE) for each in _known(part, closed, of_groups)]


def _known(meant: Sequence[Meant], closed: Collection[str], of_groups: bool) -> Iterable[Addressee]:
	profiles = sorted({each.profile for each in meant})
	people = _people(profiles)
	erased = _erased(profiles)
	unsubscribed = _unsubscribed(person.email for person in people.values())
	groups = _Groups(profiles if of_groups else (), closed)
	programs = _programs({each.cycle for each in meant if each.cycle})
	site_language = cstr(frappe.get_system_settings("language")) or "en"
	for each in meant:
		person = people.get(each.profile)
		if person is None:
			continue
		values, group, cycle = groups.values_of(each)
		program = groups.program_of(group) or programs.get(cycle, "")
		reader = Reader(
			person.full_name, given_name=_given_name(person), rhythm=cstr(person.mail_rhythm), is_member=True
		)
		yield Addressee(
			each.profile,
			cstr(person.full_name),
			cstr(person.email),
			cstr(person.language) or site_language,
			program,
			group,
			person.mail_rhythm in AT_MOST_ONE_A_DAY,
			_hindrance(person, erased, unsubscribed),
			{
				"first_name": reader.first_name,
				"full_name": cstr(person.full_name),
				"program": program,
				"cycle": cycle,
				**values,
			},
		)


def _given_name(person: frappe._dict) -> str:
	# Somebody may have another name in the programs than the login has.
	called = cstr(person.first_name)
	return called if called and called in cstr(person.full_name) else ""


def _hindrance(person: frappe._dict, erased: Collection[str], unsubscribed: Collection[str]) -> str:
	if person.name in erased:
		return mailings.ERASED
	if not validate_email_address(cstr(person.email)):
		return mailings.NO_ADDRESS
	if person.no_mails:
		return mailings.NO_MAILS
	if person.enabled == 0:
		return mailings.DISABLED
	if person.mail_rhythm == ONLY_NEEDED or person.email.lower() in unsubscribed:
		return mailings.UNSUBSCRIBED
	return ""


def _people(profiles: Sequence[str]) -> dict[str, frappe._dict]:
	profile, user = DocType(PROFILE), DocType("User")
	rows = (
		frappe.qb.from_(profile)
		.left_join(user)
		.on(user.name == profile.user)
		.select(profile.name, profile.full_name, profile.email, profile.no_mails, profile.mail_rhythm)
		.select(user.enabled, user.language, user.first_name)
		.where(profile.name.isin(profiles or [""]))
	).run(as_dict=True)
	return {row.name: row for row in rows}


def _erased(profiles: Sequence[str]) -> set[str]:
	filters = {"record_type": PROFILE, "record": ("in", profiles or [""]), "status": "Done"}
	return set(frappe.get_all("Mentoring Erasure", filters, pluck="record", order_by=None))


def _unsubscribed(addresses: Iterable[str | None]) -> set[str]:
	"""Those of the addresses that Frappe writes no mail to."""
	wanted = sorted({address for address in addresses if address})
	filters = {"email": ("in", wanted or [""]), "global_unsubscribe": 1}
	return {cstr(each).lower() for each in frappe.get_all("Email Unsubscribe", filters, pluck="email")}


def _programs(cycles: Collection[str]) -> dict[str, str]:
	filters = {"name": ("in", sorted(cycles) or [""])}
	return {
		row.name: cstr(row.program) for row in frappe.get_all("Mentoring Cycle", filters, ["name", "program"])
	}


class _Groups:
	"""The groups of some people, with who sits in them."""

	def __init__(self, profiles: Sequence[str], closed: Collection[str]):
		own = seats(profiles=profiles, statuses=SHOWN_SEATS)
		fields = ["name", "title", "cycle", "program", "announce_on"]
		names = sorted({seat.group for seat in own} - set(closed))
		rows = frappe.get_all(GROUP, {"name": ("in", names or [""])}, fields)
		self.known = {
			row.name: row
			for row in rows
			if not row.announce_on or get_datetime(row.announce_on) <= now_datetime()
		}
		self.of_person: dict[str, list[Seat]] = defaultdict(list)
		self.of_group: dict[str, list[Seat]] = defaultdict(list)
		for seat in own:
			if seat.group in self.known:
				self.of_person[seat.profile].append(seat)
		for seat in seats(sorted(self.known), statuses=SHOWN_SEATS):
			self.of_group[seat.group].append(seat)

	def program_of(self, group: str) -> str:
		"""The program of a group; "" without one."""
		return cstr(self.known[group].program) if group in self.known else ""

	def values_of(self, meant: Meant) -> tuple[dict[str, str], str, str]:
		"""(values about groups and partners, the group where it is one, the cycle)."""
		own = self._seats(meant)
		groups = list(dict.fromkeys(seat.group for seat in own))
		cycles = {cstr(self.known[group].cycle) for group in groups}
		cycle = meant.cycle or (cycles.pop() if len(cycles) == 1 else "")
		others = [
			other
			for seat in own
			for other in self.of_group[seat.group]
			if other.profile != meant.profile and other.live == seat.live
		]
		values = {
			"group": _list([cstr(self.known[group].title) for group in groups]),
			"mentor": _list([other.full_name for other in others if other.is_mentor]),
			"mentees": _list([other.full_name for other in others if other.role == MENTEE]),
			"others": _list([other.full_name for other in others]),
		}
		return values, meant.group or (groups[0] if len(groups) == 1 else ""), cycle

	def _seats(self, meant: Meant) -> list[Seat]:
		"""The person's seats in what is meant: those that they hold, else those of groups that are over."""
		own = [
			seat
			for seat in self.of_person[meant.profile]
			if (not meant.group or seat.group == meant.group)
			and (not meant.cycle or self.known[seat.group].cycle == meant.cycle)
		]
		return [seat for seat in own if seat.live] or [seat for seat in own if meant.cycle or meant.group]


def _list(names: Iterable[str]) -> str:
	"""Names as they stand in a sentence, each once; without a word between, which would be of one language."""
	return ", ".join(dict.fromkeys(name for name in names if name))
