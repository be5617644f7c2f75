"""How far somebody has come with their worklist today.

What went since they last looked was done, by them or by others; what came is more to do. It is kept until the
night only, in the cache: without it the day begins anew, and nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import frappe

from mentor_ispe.services.desk.worklist import Need

KEPT_SECONDS = 24 * 60 * 60


def done_today(needs: Iterable[Need], day: date, *asked: str) -> int:
	"""How many of the user's tasks were done on this day so far; `asked` is what the worklist was narrowed to."""
	key = "|".join(("mentoring_progress", frappe.session.user, str(day), *asked))
	now = {need.code: need.count for need in needs}
	before = frappe.cache.get_value(key, expires=True) or {"done": 0, "last": now}
	went = sum(max(0, count - now.get(code, 0)) for code, count in before["last"].items())
	done = before["done"] + went
	frappe.cache.set_value(key, {"done": done, "last": now}, expires_in_sec=KEPT_SECONDS)
	return done
