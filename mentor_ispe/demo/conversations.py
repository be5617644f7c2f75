"""What the demo's people write to each other."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mentor_ispe.demo.people import DemoPerson
from mentor_ispe.demo.played import PlayedCycle
from mentor_ispe.services.conversation import read_marks, writing

PAIR = (
	(0, "Hello! I'm glad we were matched. When would be a good time for a first call?"),
	(1, "Hi, me too! Tuesdays and Thursdays after work are best for me."),
	(0, "Thursday it is. Here is how I'd start: https://example.org/first-meeting"),
	(1, "I read it on the train. I'll bring two questions."),
)
GROUP = (
	(0, "Welcome, everyone! Tell us in one line where you are and what you hope to get out of this."),
	(1, "I'm the moderator and I'm looking for a date. Which evenings don't work for you?"),
	(2, "Mondays don't work for me. I'd like to hear how each of you got your first job."),
	(0, "Good question for the first meeting. See you there."),
)
CIRCLE = (
	(0, "I booked the small room at the library for us."),
	(1, "Thank you! My question: how do you say no to a project?"),
)


def talk(
	cycle: PlayedCycle, group: str, people: Sequence[DemoPerson], day: int, lines: Sequence[tuple[int, str]]
) -> None:
	"""Let these people write the lines, one an hour of that day; the last one is unread by those who don't answer."""
	profiles = [frappe.db.get_value("Mentoring Profile", {"email": person.email}) for person in people]
	for number, (who, words) in enumerate(lines, start=1):
		with cycle.on(day, hour=12 + number):
			read_marks.mark_read(group, profiles[who], number - 1)
			writing.send(group, profiles[who], words)
