from __future__ import annotations

from mentor_ispe.services import participant_step
from mentor_ispe.services.give_way import GivesWay
from mentor_ispe.services.matching import wishes


class Mentor(GivesWay):
	"""A person's part as mentor in one cycle."""

	def insert(self, *args, **kwargs):
		with participant_step.one_application(self):
			return super().insert(*args, **kwargs)

	def autoname(self):
		self.name = participant_step.record_name(self.doctype, self.profile, self.cycle)

	def validate(self):
		wishes.check_wishes(self)
		participant_step.take(self)

	def on_update(self):
		participant_step.follow_up(self)

	def on_trash(self):
		participant_step.refuse_if_seated(self)
