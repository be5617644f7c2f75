"""What the demo's people write to each other."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mentor_ispe.demo.people import DemoPerson
from mentor_ispe.demo.played import PlayedCycle
from mentor_ispe.services.conversation import read_marks, writing

PAIR = (
	(0, "Hello! I am glad that we were matched. When would a first talk suit you?"),
	(1, "Hello, so am I. Tuesdays and Thursdays after work are best for me."),
	(0, "Thursday then. Here is what I would start with: https://example.org/first-meeting"),
	(1, "Read it on the train. I will bring two questions."),
)
GROUP = (
	(0, "Welcome, everyone! Tell us in a line where you are and what you hope for."),
	(1, "I moderate our group and look for a date. Which evenings are impossible for you?"),
	(2, "Mondays don't work for me. I would like to hear how each of you got the first job."),
	(0, "Good question for the first meeting. See you there."),
)
CIRCLE = (
	(0, "I have booked the small room of the library for us."),
	(1, "Thank you! I bring the question: how do you say no to a project?"),
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
