"""Every night, and soon after a cycle has opened: who goes on, and who is invited to come back."""

from __future__ import annotations

from datetime import date

import frappe

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import for_each_in_transaction
from mentor_ispe.services.groups import extension, extension_offers
from mentor_ispe.services.programs import invitations


def look_after_next_cycles(on: date | None = None) -> dict[str, int]:
	"""Ask groups whether they go on, invite last year's participants, decide where the time is over.

	Returns how many were asked (reminders included), invited, and groups made. It may be killed and run
	again: nobody is asked twice, and a decision is made in one transaction.
	"""
	frappe.set_user("Administrator")
	day = on or today()
	asked = invited = 0
	for cycle in invitations.open_cycles(day):
		if cycle.may_extend:
			asked += extension_offers.ask(cycle, day)
			frappe.db.commit()
		for people in invitations.batches(cycle):
			invited += invitations.invite(cycle, people)
			frappe.db.commit()
	return {"asked": asked, "invited": invited, "made": len(decide(day))}


def decide(on: date) -> list[str]:
	"""Make the next groups of those that have answered; returns the groups that go on."""
	cycle_of = dict(extension.waiting_for_decision(on))
	return for_each_in_transaction(
		"Mentoring Group",
		cycle_of,
		lambda group: extension.decide_now(group, cycle_of[group], on),
		"Mentoring: it couldn't be decided whether a group goes on",
	)
