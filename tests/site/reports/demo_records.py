"""Every record of the demo, read whole, and plain ways to count them."""

from __future__ import annotations

from datetime import datetime

import frappe

from tests.site.reports.counting import stars

NOW = datetime(2031, 8, 20, 10, 0)
TODAY = NOW.date()


class Records:
	"""Every record of the demo, read whole and counted in Python."""

	def __init__(self) -> None:
		read = self._read
		self.cycles = {row.name: row for row in read("Mentoring Cycle")}
		self.programs = {row.name: row for row in read("Mentoring Program")}
		self.profiles = {row.name: row for row in read("Mentoring Profile")}
		self.groups = {row.name: row for row in read("Mentoring Group")}
		self.mentors, self.mentees = read("Mentor"), read("Mentee")
		self.seats = read("Mentoring Group Member")
		self.sessions = {row.name: row for row in read("Mentoring Session")}
		self.held = [row for row in self.sessions.values() if row.status == "Held"]
		self.attendance = [
			row for row in read("Mentoring Session Attendance") if self.sessions[row.parent].status == "Held"
		]
		self.feedback, self.requests = read("Mentoring Feedback"), read("Mentoring Feedback Request")
		self.goals, self.asked_speakers = read("Mentoring Goal"), read("Guest Speaker Request")
		self.workshops = read("Mentoring Workshop")
		self.workshop_people = read("Mentoring Workshop Participant")
		(self.run,) = read("Mentoring Match Run")
		self.proposals = read("Mentoring Match Proposal")

	@staticmethod
	def _read(doctype: str) -> list[frappe._dict]:
		return frappe.get_all(doctype, fields=["*"])

	@property
	def parts(self) -> list[frappe._dict]:
		return [*self.mentors, *self.mentees]

	def published(self, cycle: str) -> bool:
		return self.cycles[cycle].status != "Draft"

	def going(self, cycle: str) -> bool:
		return self.cycles[cycle].status in ("Open", "Matching", "Running")

	@property
	def waiting(self) -> list[frappe._dict]:
		return [
			row
			for row in self.mentees
			if self.going(row.cycle)
			and (row.status == "Applied" or (row.status == "Approved" and not row.mentoring_group))
		]

	@property
	def running(self) -> list[frappe._dict]:
		return [group for group in self.groups.values() if group.status == "Active"]

	def threshold(self, group: frappe._dict) -> int:
		return self.programs[self.cycles[group.cycle].program].health_threshold

	def rated(self) -> tuple[list[int], int]:
		"""The stars that may be shown, and the number of those withheld: under three people in a cell."""
		cells: dict[tuple, list[frappe._dict]] = {}
		for row in self.feedback:
			if row.rating and row.kind != "Success Story":
				cells.setdefault((row.cycle, f"{row.creation:%Y-%m}", row.kind), []).append(row)
		shown, withheld = [], 0
		for cell in cells.values():
			if len({row.profile for row in cell}) >= 3:
				shown += [stars(row.rating) for row in cell]
			else:
				withheld += len(cell)
		return shown, withheld

	def attended_minutes(self) -> int:
		return sum(
			row.minutes or self.sessions[row.parent].duration_minutes
			for row in self.attendance
			if row.attended and self._counts(self.sessions[row.parent].mentoring_group, row.profile)
		)

	def _counts(self, group: str, profile: str) -> bool:
		"""Whether the person's hours in this group count: it is active or completed, and they took part."""
		return (group, profile) in {(seat[0], seat[1]) for seat in self.hour_seats()}

	def hour_seats(self) -> list[tuple[str, str]]:
		"""(group, profile)"""
		kept = ("Active", "Suspended", "Completed")
		alive = {name: group for name, group in self.groups.items() if group.status in kept}
		took_part = {
			(seat.parent, seat.profile)
			for seat in self.seats
			if seat.parent in alive
			and (seat.status in kept or (seat.status in ("Withdrawn", "Ended") and seat.joined_on))
		}
		return sorted(took_part)
