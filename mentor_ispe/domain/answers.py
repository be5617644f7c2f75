"""When somebody who hasn't answered a proposal is reminded."""

from __future__ import annotations

from datetime import date, timedelta

REMINDERS = (0.5, 0.85)
"""Shares of the time to answer after which a reminder goes out."""


def reminder_days(proposed_on: date, respond_by: date) -> list[date]:
	"""The days of the reminders, in order: strictly after the proposal, not after the last day.

	Where the time is too short for two on different days there is one, or none.
	"""
	whole = (respond_by - proposed_on).days
	days = [proposed_on + timedelta(days=round(whole * share)) for share in REMINDERS]
	return sorted({day for day in days if proposed_on < day <= respond_by})


def reminders_due(proposed_on: date, respond_by: date, on: date) -> list[int]:
	"""Numbers (from 1) of the reminders due by the day `on`; of several that were missed only the last.

	Nobody is reminded after the last day to answer.
	"""
	if on > respond_by:
		return []
	past = [number for number, day in enumerate(reminder_days(proposed_on, respond_by), 1) if day <= on]
	return past[-1:]
