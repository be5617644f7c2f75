"""Every day: workshops; agendas ahead of the meetings, what keeps people from them, meetings that nobody recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

import frappe
from frappe.utils import now_datetime

from mentor_ispe.concurrency.retries import for_each_in_transaction, run_in_transaction
from mentor_ispe.services.polls import polling
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import reminders


def process_meetings(now: datetime | None = None) -> dict[str, int]:
	"""Do all of it for every meeting they are due for; return how many mails were posted for each."""
	frappe.set_user("Administrator")
	at = now or now_datetime()
	return {
		"lacking": _each(reminders.upcoming_meetings(at), reminders.remind_of_requirements),
		"agendas": _each(reminders.upcoming_meetings(at), reminders.send_agendas),
		"reminders": _each(
			reminders.upcoming_meetings(at), partial(reminders.remind_the_day_before, day=at.date())
		),
		"to_record": _each(reminders.unrecorded_meetings(at), reminders.remind_to_record),
	}


def _each(batches: reminders.Batches, step: Callable[[Collection[reminders.Row]], int]) -> int:
	"""Do the step for every batch, a transaction each; where one fails, meeting by meeting, and go on."""
	done = 0
	for batch in batches:
		try:
			done += run_in_transaction(partial(step, batch))
		except Exception:
			frappe.db.rollback()
			done += sum(_alone(row, step) for row in batch)
	return done


def _alone(row: reminders.Row, step: Callable[[Collection[reminders.Row]], int]) -> int:
	try:
		return run_in_transaction(lambda: step([row]))
	except Exception:
		frappe.db.rollback()
		frappe.log_error(
			"Mentoring: a meeting couldn't be looked after",
			reference_doctype="Mentoring Session",
			reference_name=row.name,
		)
		frappe.db.commit()
		return 0


def process_workshops() -> dict[str, int]:
	"""Tell newcomers of announced workshops, and remind of those of tomorrow; run again, nobody hears twice."""
	frappe.set_user("Administrator")
	told = workshops.tell_newcomers()
	frappe.db.commit()
	reminded = workshops.remind()
	frappe.db.commit()
	return {"told": told, "reminded": reminded}


def process_polls() -> list[str]:
	"""Decide the polls whose day has come, a transaction each; returns their names."""
	frappe.set_user("Administrator")
	return for_each_in_transaction(
		polling.POLL, polling.due(), polling.decide_due, "Mentoring: a poll couldn't be decided"
	)
