"""What a subscription of ERPNext and its invoices say about a membership.

The status says how it goes on, the invoices what was paid. What was paid counts whatever the status says: ERPNext
sets the status once a day, keeps "Unpaid" after a credit note, and never takes back that it cancelled for want of
payment. `current_invoice_end` is the end of the period that is billed next, not of what was paid, so it only ends
a subscription that nothing else ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mentor_ispe.domain.membership import DAY

# ERPNext spells the first one in either way, and calls the second one by either name, by version.
TRIALS = frozenset({"Trialling", "Trialing"})
PAST_DUE = frozenset({"Past Due Date", "Grace Period"})
ACTIVE, UNPAID, CANCELLED, COMPLETED = "Active", "Unpaid", "Cancelled", "Completed"
KNOWN = frozenset({ACTIVE, UNPAID, CANCELLED, COMPLETED}) | TRIALS | PAST_DUE

CREDITED = "Credit Note Issued"  # what ERPNext calls an invoice that was given back
NOTHING = 0.005  # less than a cent is none


@dataclass(frozen=True)
class Bill:
	"""An invoice of a subscription; amounts are in one currency.

	`begins` and `ends` are the first and the last day of the period that it is for, `owed` what is still to be
	paid, `credited` what was given back by credit notes, `sent` the day of the invoice, `paid_on` that of the last
	payment where it is asked for. A draft is owed in full.
	"""

	name: str
	total: float
	owed: float
	begins: date | None = None
	ends: date | None = None
	sent: date | None = None
	due: date | None = None
	credited: float = 0
	cancelled: bool = False
	paid_on: date | None = None

	@property
	def taken_back(self) -> str:
		"""The status that says that it is as if it had never been sent; empty: it counts."""
		if self.cancelled:
			return CANCELLED
		return CREDITED if self.total > NOTHING and self.credited > self.total - NOTHING else ""

	@property
	def is_settled(self) -> bool:
		return self.owed < NOTHING

	@property
	def is_paid_in_part(self) -> bool:
		"""Something of it was paid, or nothing is left to pay."""
		return self.is_settled or self.owed < self.total - self.credited - NOTHING

	@property
	def is_afterwards(self) -> bool:
		"""Sent when its period was over, as ERPNext does unless it is told otherwise."""
		return bool(self.sent and self.ends and self.sent >= self.ends)


@dataclass(frozen=True)
class Stretch:
	"""Some days of membership, as a `Period` of one subscription has them."""

	first: date
	last: date | None
	overdue: bool = False
	unclear: str = ""
	bill: str = ""
	"""The invoice that is unclear, where it isn't the subscription itself."""


@dataclass(frozen=True)
class Subscription:
	"""A subscription as ERPNext keeps it, its fields under their own names."""

	name: str
	party: str
	status: str
	start_date: date
	end_date: date | None = None
	cancelation_date: date | None = None
	trial_period_start: date | None = None
	trial_period_end: date | None = None
	current_invoice_start: date | None = None
	current_invoice_end: date | None = None
	cancel_at_period_end: bool = False

	@property
	def first_day(self) -> date:
		return min(filter(None, (self.start_date, self.trial_period_start)))

	@property
	def first_billed_day(self) -> date:
		"""The day from which ERPNext writes invoices: the trial costs nothing."""
		return max(filter(None, (self.start_date, self.trial_period_end and self.trial_period_end + DAY)))

	def stretches(self, bills: Sequence[Bill], today: date) -> list[Stretch]:
		"""The days of membership by this subscription, seen on `today`; in any order, they may overlap."""
		if self.status not in KNOWN:
			return [Stretch(self.first_day, None, unclear=self.status or "-")]
		live = [bill for bill in bills if not bill.taken_back]
		if self._paid_nothing(live):
			return [*self._trial()]
		by_status = [*self._by_status(live, today)]
		if self.status not in (CANCELLED, COMPLETED):
			by_status = [*_until_taken_back(by_status, bills, live, self._planned_end(live))]
		return [
			each
			for each in [*by_status, *self._paid_for(live)]
			if each.last is None or each.first <= each.last
		]

	def _paid_nothing(self, live: Sequence[Bill]) -> bool:
		"""Invoices were sent in advance from the first day on, and nobody paid any: no membership has begun."""
		ahead = [bill for bill in live if bill.total > NOTHING and not bill.is_afterwards]
		since = min((bill.begins for bill in ahead if bill.begins), default=None)
		if since is None or since > self.first_billed_day:
			return False
		return not any(bill.is_paid_in_part for bill in ahead)

	def _trial(self) -> Iterator[Stretch]:
		if self.trial_period_end:
			yield Stretch(self.first_day, self.trial_period_end)
		elif self.status in TRIALS:
			yield Stretch(self.first_day, self.end_date)

	def _by_status(self, live: Sequence[Bill], today: date) -> Iterator[Stretch]:
		first, end = self.first_day, self._planned_end(live)
		owed_since = min(
			(due for bill in live if not bill.is_settled and (due := bill.due or bill.ends)), default=None
		)
		paid_until = max((bill.ends for bill in live if bill.ends and bill.is_settled), default=None)
		if self.status == ACTIVE:
			yield Stretch(first, end)
		elif self.status in TRIALS:
			# ERPNext looks once a day: until it has seen the end of the trial nobody loses a seat.
			yield from _then_overdue(first, self.trial_period_end or end, end)
		elif self.status in PAST_DUE and (until := owed_since or paid_until):
			yield from _then_overdue(first, until, end)
		elif self.status in PAST_DUE:
			yield Stretch(first, end, overdue=True)
		elif self.status == UNPAID and paid_until and not owed_since:
			yield from _then_overdue(first, paid_until, end)  # everything was paid since ERPNext looked
		else:
			yield Stretch(first, self._end(owed_since, paid_until, today))

	def _paid_for(self, live: Sequence[Bill]) -> Iterator[Stretch]:
		"""The periods of paid invoices; of a cancelled subscription those that were paid after the cancellation."""
		for bill in live:
			if not (bill.is_settled and bill.begins and bill.ends):
				continue
			if self.status == CANCELLED and not self._paid_after_cancellation(bill):
				continue
			yield Stretch(bill.begins, min(filter(None, (bill.ends, self.end_date))))

	def _paid_after_cancellation(self, bill: Bill) -> bool:
		return bool(bill.paid_on and self.cancelation_date and bill.paid_on > self.cancelation_date)

	def _planned_end(self, live: Sequence[Bill]) -> date | None:
		if not (self.cancel_at_period_end or self.cancelation_date):
			return self.end_date
		billed = max((bill.ends for bill in live if bill.ends and not bill.is_afterwards), default=None)
		return min(filter(None, (self.end_date, billed or self.current_invoice_end)), default=None)

	def _end(self, owed_since: date | None, paid_until: date | None, today: date) -> date:
		if self.status == CANCELLED and self.cancelation_date:
			return min(filter(None, (self.cancelation_date, owed_since)))
		if owed_since:
			return min(filter(None, (self.end_date, owed_since)))
		period_start = self.current_invoice_start and self.current_invoice_start - DAY
		# Over is over, whatever the dates say: the first of these that is past, or not a day.
		days = (self.end_date, paid_until, self.current_invoice_end, period_start)
		return next((day for day in days if day and day < today), self.first_day - DAY)


def _then_overdue(first: date, until: date | None, end: date | None) -> Iterator[Stretch]:
	"""A member until a day, in grace from then on for as long as the status stays."""
	if until is None or (end and end <= until):
		yield Stretch(first, end)
		return
	yield Stretch(first, until)
	yield Stretch(max(first, until + DAY), end, overdue=True)


def _until_taken_back(
	stretches: Sequence[Stretch], bills: Sequence[Bill], live: Sequence[Bill], end: date | None
) -> Iterator[Stretch]:
	"""Nobody can say what holds from the first day of an invoice that was taken back, with none in its place."""
	replaced_until = max((bill.ends for bill in live if bill.ends), default=date.min)
	taken_back = min(
		(
			(bill.begins, bill.name, bill.taken_back)
			for bill in bills
			if bill.taken_back and bill.begins and bill.ends and bill.ends > replaced_until
		),
		default=None,
	)
	if taken_back is None:
		yield from stretches
		return
	begins, name, status = taken_back
	for each in stretches:
		yield replace(each, last=min(each.last or date.max, begins - DAY))
	yield Stretch(begins, end, unclear=status, bill=name)
