"""Every night: what the days of the cycles bring, who goes on in the next one, answers that were promised."""

from __future__ import annotations

from datetime import date
from functools import partial

import frappe

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import for_each_in_transaction, run_in_transaction
from mentor_ispe.services.applications import cycle_status, waiting
from mentor_ispe.services.groups import extension
from mentor_ispe.services.programs import commands as cycles

CYCLE, GROUP = "Mentoring Cycle", "Mentoring Group"


def process_cycles(on: date | None = None) -> dict[str, int]:
	"""Close applications, start cycles, complete the groups of cycles that are over and then the cycles.

	Returns how many cycles and groups were moved. Run again it finds nothing left to do; a cycle with a
	group that can't be closed stays open until that can.
	"""
	frappe.set_user("Administrator")
	day = on or today()
	moved = 0
	for old, new, field, compared in cycles.CYCLE_STEPS:
		moved += len(
			for_each_in_transaction(
				CYCLE,
				cycles.cycles_due(old, field, compared, day),
				partial(cycles.move_cycle, old=old, new=new),
				"Mentoring: a cycle couldn't be moved on",
			)
		)
	started = start_groups()
	closed = 0
	for cycle in cycles.cycles_over(day):
		closed += len(
			for_each_in_transaction(
				GROUP,
				cycles.groups_to_close(cycle),
				cycles.close_group,
				"Mentoring: a group couldn't be completed",
			)
		)
		if not cycles.groups_to_close(cycle):
			moved += len(
				for_each_in_transaction(
					CYCLE,
					[cycle],
					lambda name: cycles.move_cycle(name, "Running", "Completed"),
					"Mentoring: a cycle couldn't be completed",
				)
			)
	follow_cycles()
	return {"cycles": moved, "started": started, "closed": closed}


def follow_cycles() -> int:
	"""Bring the applications in line with how far their cycles are; returns how many weren't."""
	frappe.set_user("Administrator")
	return run_in_transaction(cycle_status.follow_cycles)


def start_groups() -> int:
	"""Start the groups that go on from an earlier cycle, where theirs has started; returns how many."""
	frappe.set_user("Administrator")
	return len(
		for_each_in_transaction(
			GROUP,
			cycles.groups_going_on(),
			cycles.start_group,
			"Mentoring: a group that goes on couldn't start",
		)
	)


def process_next_cycles(on: date | None = None) -> dict[str, int]:
	"""Ask groups whether they go on, invite last year's participants, decide where the time is over.

	Returns how many were asked (reminders included), invited, and groups made. It may be killed and run
	again: nobody is asked twice, and a decision is made in one transaction.
	"""
	frappe.set_user("Administrator")
	day = on or today()
	asked = invited = 0
	for cycle in cycles.open_cycles(day):
		of_groups, of_people = cycles.ask_for_next_cycle(cycle, day, done=frappe.db.commit)
		asked, invited = asked + of_groups, invited + of_people
	return {"asked": asked, "invited": invited, "made": len(process_extensions(day))}


def process_extensions(on: date) -> list[str]:
	"""Make the next groups of those that have answered; returns the groups that go on."""
	cycle_of = dict(extension.waiting_for_decision(on))
	return for_each_in_transaction(
		"Mentoring Group",
		cycle_of,
		lambda group: extension.decide_now(group, cycle_of[group], on),
		"Mentoring: it couldn't be decided whether a group goes on",
	)


def process_promises(on: date | None = None) -> dict[str, int]:
	"""Tell the coordinators, and those who wait, what the clock says; returns how many mails of each kind."""
	frappe.set_user("Administrator")
	told = waiting.tell(on)
	frappe.db.commit()
	return told
