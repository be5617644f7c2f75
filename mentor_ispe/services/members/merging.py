"""Two profiles of one person become one, by a coordinator, and for 30 days two again.

Where both sign in, both addresses confirm it first (`login_moves.py`): otherwise whoever makes up a profile could
merge somebody else's into it and read what is theirs. A System Manager does it without. Nobody merges their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, cstr, now_datetime
from frappe.utils.password import remove_encrypted_password

from mentor_ispe.domain.logins import AddressLeft, MergeConfirmed
from mentor_ispe.domain.merging import conflicts, pairs
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, raise_violations, violation_message
from mentor_ispe.mentor_ispe.doctype.mentoring_login_move.mentoring_login_move import MentoringLoginMove
from mentor_ispe.mentor_ispe.doctype.mentoring_merge.mentoring_merge import MentoringMerge
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.identity import (
	is_staff,
	is_system_manager,
	leave_trace,
)
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.members import login_moves, logins, merge_parts, merge_rows
from mentor_ispe.services.members.duplicates import forget_pairs_of
from mentor_ispe.services.members.merge_fields import TwoProfiles
from mentor_ispe.services.members.merge_journal import Journal

PROFILE, MERGE, TRACE = "Mentoring Profile", "Mentoring Merge", "Mentoring Merge Trace"
WAITING, DONE, UNDONE, REPLACED = "Waiting for Confirmation", "Merged", "Undone", "Replaced"
UNDO_DAYS, LATE_DAYS = 30, 2


def preview(kept: str, merged: str, choices: Mapping[str, str] | None = None) -> dict[str, Any]:
	"""What a merge would do, as plain data; nothing is written. Raises RuleViolation where nobody may ask for it.

	`fields`: what both say otherwise, with whose `stays`; `moves`: what goes along, with its `count`; `conflicts`:
	what keeps them from being merged, in words; `applications`: what becomes of two to one cycle; `confirms`: whether
	both addresses are asked first.
	"""
	two = _two(kept, merged, choices or {})
	mine, theirs = merge_parts.parts_of(kept), merge_parts.parts_of(merged)
	broken = conflicts(mine, theirs, merge_parts.may_be_both((*mine, *theirs)))
	return {
		"kept": _called(two.kept),
		"merged": _called(two.merged),
		"fields": [vars(each) for each in two.differences()],
		"moves": _moves(merged, len(theirs)),
		"applications": [
			_("Both applied to {0} as {1}. One application stays and takes the places of both.").format(
				both.stays.cycle, _(both.stays.role)
			)
			for both in pairs(mine, theirs)
		],
		"conflicts": [violation_message(violation) for violation in broken],
		"confirms": two.both_sign_in and not is_system_manager(),
		"login": two.login.user if two.login else None,
		"address": two.values()["email"],
	}


def ask(kept: str, merged: str, choices: Mapping[str, str] | None = None) -> MentoringMerge:
	"""Merge two profiles, or ask both addresses for it; returns the record of it. Raises RuleViolation."""
	two = _two(kept, merged, choices or {})
	two.check_choices()
	_refuse_conflicts(kept, merged)
	for each in frappe.get_all(
		MERGE, {"status": WAITING, "merged_profile": ("in", (kept, merged))}, pluck="name"
	):
		frappe.db.set_value(MERGE, each, "status", REPLACED)
	doc = frappe.new_doc(MERGE)
	doc.update(
		{
			"profile": kept,
			"full_name": two.kept.full_name,
			"merged_profile": merged,
			"merged_name": two.merged.full_name,
			"merged_by": frappe.session.user,
			"status": WAITING,
		}
	)
	doc.insert(ignore_permissions=True)
	trace = frappe.new_doc(TRACE)
	trace.update({"merge": doc.name, "profile": kept, "choices": json.dumps(dict(two.choices))})
	trace.insert(ignore_permissions=True)
	if two.both_sign_in and not is_system_manager():
		goes = two.kept if two.login is two.merged else two.merged
		login_moves.ask(goes.name, cstr(two.values()["user"]), merge=doc.name)
	else:
		carry_out(doc)
	return doc


def merge_confirmed(move: MentoringLoginMove, event: MergeConfirmed) -> None:
	"""Both addresses confirmed: merge them now."""
	carry_out(frappe.get_doc(MERGE, event.merge, for_update=True))


def carry_out(doc: MentoringMerge) -> None:
	"""Merge, in the caller's transaction; raises RuleViolation where it isn't possible any more."""
	kept, merged = doc.profile, doc.merged_profile
	if doc.status != WAITING:
		frappe.throw(_("This merge has already been done or replaced."), exc=RuleViolation)
	merge_parts.lock_and_check((kept, merged))
	trace = frappe.get_doc(TRACE, {"merge": doc.name})
	two = TwoProfiles(*_profiles(kept, merged), json.loads(trace.choices))
	_refuse_conflicts(kept, merged)
	mine, theirs = merge_parts.parts_of(kept), merge_parts.parts_of(merged)
	moves, journal = _moves(merged, len(theirs)), Journal()
	logins_before = {each.user for each in (two.kept, two.merged) if each.user}
	addresses = {two.kept.email, two.merged.email, *logins_before}

	merge_parts.bring_together(journal, kept, mine, theirs)
	merge_rows.bring_together(journal, kept, merged)
	two.write(journal)
	journal.remove(PROFILE, merged)
	remove_encrypted_password(PROFILE, merged, "calendar_token")
	merge_rows.call_by(
		journal, kept, {two.kept.full_name, two.merged.full_name}, two.of("full_name").full_name
	)
	merge_parts.recount(journal, [kept])
	forget_pairs_of(PROFILE, merged)

	_show_as_changed(kept)
	profile = frappe.get_doc(PROFILE, kept)
	profile.give_role()
	for login in sorted(logins_before - {profile.user}):
		logins.remove_member_role(login)
	trace.moved = json.dumps(journal.entries, default=str)
	trace.save(ignore_permissions=True)
	now = now_datetime()
	doc.update(
		{
			"status": DONE,
			"merged_on": now,
			"undo_until": add_days(now, UNDO_DAYS),
			"summary": "\n".join(f"{each['label']}: {each['count']}" for each in moves if each["count"]),
		}
	)
	doc.save(ignore_permissions=True)
	leave_trace(kept, _("Merged"), two.merged.full_name, profile.full_name)
	raise_events(
		profile, [AddressLeft(each, doc.name) for each in sorted(addresses - {profile.email, profile.user})]
	)


def undo(merge: str) -> MentoringMerge:
	"""Make two profiles of it again; what can't be put back is said in `undo_summary`. Raises RuleViolation."""
	doc = frappe.get_doc(MERGE, merge, for_update=True)
	_refuse_undo(doc)
	kept, merged = doc.profile, doc.merged_profile
	merge_parts.lock_and_check((kept,))
	trace = frappe.get_doc(TRACE, {"merge": merge})
	journal = Journal(json.loads(trace.moved))
	login = frappe.db.get_value(PROFILE, kept, "user")
	left = journal.undo()
	# The address of their calendar was given away with the merge; they make a new one.
	frappe.db.set_value(
		PROFILE, merged, {"calendar_token": None, "calendar_token_hash": None}, update_modified=False
	)
	_follow(journal, kept, merged)
	after = Journal()
	merge_parts.recount(after, (kept, merged))
	for name in (kept, merged):
		_show_as_changed(name)
		profile = frappe.get_doc(PROFILE, name)
		profile.give_role()
		if profile.user == login:
			login = None
	if login:
		logins.remove_member_role(login)
	frappe.delete_doc(TRACE, trace.name, ignore_permissions=True, force=True)
	doc.update(
		{"status": UNDONE, "undone_by": frappe.session.user, "undo_summary": _left_in_words(left, doc)}
	)
	doc.save(ignore_permissions=True)
	leave_trace(kept, _("Merge undone"), doc.full_name, doc.merged_name)
	return doc


def collect_late_rows() -> int:
	"""Move what a request that began before a merge wrote in the name of the merged profile; returns how often."""
	since = add_days(now_datetime(), -LATE_DAYS)
	collected = 0
	for doc in frappe.get_all(
		MERGE, {"status": DONE, "merged_on": (">", since)}, ["name", "profile", "merged_profile"]
	):
		trace = frappe.get_doc(TRACE, {"merge": doc.name})
		journal = Journal(json.loads(trace.moved))
		before = len(journal.entries)
		journal.repoint(PROFILE, doc.merged_profile, doc.profile)
		if len(journal.entries) > before:
			trace.moved = json.dumps(journal.entries, default=str)
			trace.save(ignore_permissions=True)
			collected += 1
	return collected


def forget_old_traces() -> int:
	"""Delete what was kept for an undo that is no longer possible; returns how many."""
	over = frappe.get_all(MERGE, {"undo_until": ("<", now_datetime())}, pluck="name")
	traces = frappe.get_all(TRACE, {"merge": ("in", over or [""])}, pluck="name")
	for name in traces:
		frappe.delete_doc(TRACE, name, ignore_permissions=True, force=True)
	return len(traces)


def _show_as_changed(profile: str) -> None:
	"""So that nobody saves over it what they read before."""
	frappe.db.set_value(PROFILE, profile, "modified", now_datetime(), update_modified=False)
	frappe.clear_document_cache(PROFILE, profile)


def _two(kept: str, merged: str, choices: Mapping[str, str]) -> TwoProfiles:
	if kept == merged:
		frappe.throw(_("Choose two different profiles."), exc=RuleViolation)
	docs = _profiles(kept, merged)
	_refuse_own({doc.user for doc in docs if doc.user}, {kept, merged})
	return TwoProfiles(*docs, choices)


def _called(profile: MentoringProfile) -> dict[str, str]:
	return {field: profile.get(field) for field in ("name", "full_name", "email")}


def _profiles(kept: str, merged: str) -> tuple[Any, Any]:
	for name in (kept, merged):
		if not frappe.db.exists(PROFILE, name):
			frappe.throw(_("The profile {0} no longer exists.").format(name), exc=RuleViolation)
	return frappe.get_doc(PROFILE, kept), frappe.get_doc(PROFILE, merged)


def _refuse_own(users: set[str], profiles: set[str]) -> None:
	if profile_of(frappe.session.user) in profiles:
		frappe.throw(_("You can't merge your own profile. Ask another coordinator."), exc=RuleViolation)
	if any(is_staff(user) for user in users) and not is_system_manager():
		frappe.throw(
			_("One of these logins belongs to a coordinator. Ask a System Manager to merge them."),
			exc=RuleViolation,
		)


def _refuse_conflicts(kept: str, merged: str) -> None:
	mine, theirs = merge_parts.parts_of(kept), merge_parts.parts_of(merged)
	raise_violations(conflicts(mine, theirs, merge_parts.may_be_both((*mine, *theirs))))


def _refuse_undo(doc: MentoringMerge) -> None:
	if doc.status != DONE or not frappe.db.exists(TRACE, {"merge": doc.name}):
		frappe.throw(_("This merge can't be undone."), exc=RuleViolation)
	if doc.undo_until < now_datetime():
		frappe.throw(_("A merge can be undone for {0} days.").format(UNDO_DAYS), exc=RuleViolation)
	if not frappe.db.exists(PROFILE, doc.profile):
		frappe.throw(
			_("{0} has been merged again since then. Undo that merge first.").format(doc.full_name),
			exc=RuleViolation,
		)
	later = frappe.db.get_value(
		MERGE,
		{"profile": doc.profile, "status": DONE, "merged_on": (">", doc.merged_on)},
		"merged_name",
	)
	if later:
		frappe.throw(_("Undo the later merge with {0} first.").format(later), exc=RuleViolation)
	kept = frappe.get_doc(PROFILE, doc.profile)
	_refuse_own({kept.user} - {None, ""}, {doc.profile})
	_refuse_taken(doc)


def _refuse_taken(doc: MentoringMerge) -> None:
	"""Somebody else may have the address, the login or the membership by now."""
	entries = json.loads(frappe.db.get_value(TRACE, {"merge": doc.name}, "moved"))
	removed = [entry[3] for entry in entries if entry[:3] == ["removed", PROFILE, doc.merged_profile]]
	was = removed[0][0][1]
	for field in ("email", "user"):
		other = was[field] and frappe.db.get_value(
			PROFILE, {field: was[field], "name": ("!=", doc.profile)}, "full_name"
		)
		if other:
			frappe.throw(
				_("{0} now belongs to the profile of {1}, so the merge can't be undone.").format(
					was[field], other
				),
				exc=RuleViolation,
			)


def _follow(journal: Journal, kept: str, merged: str) -> None:
	"""What was added since the merge goes with the groups and applications that it belongs to."""
	for doctype, old, new in journal.renamed():
		if not frappe.db.exists(doctype, new):
			Journal().repoint(doctype, new, old)
	moved = Journal()
	parts = {role: frappe.get_all(role, {"profile": merged}, pluck="name") for role in ("Mentor", "Mentee")}
	name = cstr(frappe.db.get_value(PROFILE, merged, "full_name"))
	for role, names in parts.items():
		for seat in frappe.get_all(
			merge_parts.SEAT,
			{"participant_type": role, "participant": ("in", names or [""]), "profile": kept},
			pluck="name",
		):
			moved.set_values(merge_parts.SEAT, seat, {"profile": merged, "full_name": name})
	theirs = sorted(set(groups_with([merged])) - set(groups_with([kept])))
	merge_rows.give_what_belongs_to_groups(moved, theirs, kept, merged)


def _moves(merged: str, applications: int) -> list[dict[str, Any]]:
	counted: Sequence[tuple[str, int]] = (
		(_("Applications"), applications),
		(_("Groups"), len(groups_with([merged]))),
		*((_(label), frappe.db.count(doctype, {"profile": merged})) for label, doctype in merge_rows.COUNTED),
	)
	return [{"label": label, "count": count} for label, count in counted]


def _left_in_words(left: list[tuple[str, str]], doc: MentoringMerge) -> str:
	counts: dict[str, int] = {}
	for doctype, _name in left:
		counts[doctype] = counts.get(doctype, 0) + 1
	said = [
		_("{0}: {1} changed after the merge and stayed as they are.").format(_(doctype), count)
		for doctype, count in sorted(counts.items())
	]
	said.append(
		_(
			"What was added after the merge stayed with {0}, except in the groups that went back to {1}."
		).format(doc.full_name, doc.merged_name)
	)
	return "\n".join(said)
