"""What is asked of a person now, over all programs: one list, the most urgent first.

Every kind of step reads its own records in a constant number of queries, however many groups, meetings and
requests there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime

from mentor_ispe.domain.charters import FIELDS as CHARTER
from mentor_ispe.domain.membership import GRACE, LAPSED
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.services import member_status, moderator_queue
from mentor_ispe.services.feedback.give import my_requests
from mentor_ispe.services.sessions.seats import CALLS_FOR_AN_ANSWER

HOME = "/mentoring"
FEEDBACK = {
	"Session": "How was the meeting?",
	"Check-in": "How is it going?",
	"Group Update": "How is your group doing?",
	"Closing": "How was it, all in all?",
	"Program": "How was the program?",
}


@dataclass(frozen=True)
class Step:
	"""One thing that is asked: `about` names the group or the program, `link` is a path of the members' pages.

	`due` is the last day or the moment, None where there is none.
	"""

	kind: str
	words: str
	about: str
	link: str
	due: date | datetime | None = None

	@property
	def day(self) -> date:
		return getdate(self.due) if self.due else date.max
