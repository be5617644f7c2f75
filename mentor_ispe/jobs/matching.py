"""Match runs in the background, and the daily look at unanswered proposals."""

from __future__ import annotations

import frappe

from mentor_ispe.services.matching import answers_due, publish, run as runs


def carry_out(run: str) -> str:
	"""Do a queued match run; an error that nobody foresaw leaves it Failed, never Running for ever."""
	if not runs.mark_running(run):
		frappe.db.rollback()
		return ""
	frappe.db.commit()
	try:
		status = runs.carry_out(run)
	except Exception:
		frappe.db.rollback()
		runs.fail(run)
		frappe.db.commit()
		raise
	frappe.db.commit()
	return status


def publish_run(run: str) -> dict[str, int]:
	"""Publish a run in one transaction; after an error nothing of it is there and the run is Ready again."""
	try:
		counts = publish.publish(run, progress=lambda share: runs.say(run, "publish", share))
	except Exception:
		frappe.db.rollback()
		runs.back_to_ready(run)
		frappe.db.commit()
		raise
	frappe.db.commit()
	return counts


def look_after_answers() -> dict[str, int]:
	"""Remind those who haven't answered, and let go of what is overdue."""
	reminded = answers_due.remind()
	frappe.db.commit()
	return {"reminded": reminded, "expired": len(answers_due.expire())}
