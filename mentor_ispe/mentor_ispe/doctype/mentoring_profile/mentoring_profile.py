from __future__ import annotations

from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.domain.roll import normalise_email
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.places import holders, lock_holders, places_of
from mentor_ispe.membership.status import STANDING_FIELDS
from mentor_ispe.mentor_ispe.doctype.mentoring_profile import employers, identity
from mentor_ispe.roles import MEMBER


class MentoringProfile(Document):
	"""One person, kept over the years, tied to a login and to the record of the membership."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_profile_language.mentoring_profile_language import (
			MentoringProfileLanguage,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_topic_item.mentoring_topic_item import (
			MentoringTopicItem,
		)

		active_until: DF.Date | None
		biography: DF.SmallText | None
		calendar_token: DF.Password | None
		calendar_token_hash: DF.Data | None
		career_stage: DF.Literal[
			"", "Student", "Recent Graduate", "Early Career", "Mid-Level", "Senior", "Executive"
		]
		chapter: DF.Data | None
		city: DF.Data | None
		contact: DF.Link | None
		country: DF.Link | None
		email: DF.Data
		employer: DF.Data | None
		full_name: DF.Data
		grace_until: DF.Date | None
		hides_read_marks: DF.Check
		industry: DF.Link | None
		job_title: DF.Data | None
		keeps_time_zone: DF.Check
		languages: DF.TableMultiSelect[MentoringProfileLanguage]
		lapsed_since: DF.Date | None
		learning_style: DF.Literal["", "Visual", "Auditory", "Reading and Writing", "Hands-on"]
		mail_rhythm: DF.Literal["Each at Once", "One a Day", "Only What Is Needed"]
		meeting_room: DF.Data | None
		membership_checked_on: DF.Datetime | None
		membership_doctype: DF.Literal["", "Member", "Customer", "Membership Roll Entry"]
		membership_email: DF.Data | None
		membership_reason: DF.SmallText | None
		membership_record: DF.DynamicLink | None
		membership_state: DF.Literal["", "Active", "Grace", "Lapsed", "Never", "Unknown"]
		no_mails: DF.Check
		show_biography: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_career_stage: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_city: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_country: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_email: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_employer: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_industry: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_job_title: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_languages: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_time_zone: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		show_topics: DF.Literal["Nobody", "My Groups", "My Groups and Search"]
		time_zone: DF.Autocomplete | None
		topics: DF.TableMultiSelect[MentoringTopicItem]
		user: DF.Link | None
	# end: auto-generated types

	def _set_defaults(self):
		# Frappe would put the site's own country where none is given, and matches are made by country.
		country = self.country
		super()._set_defaults()
		self.country = country

	def validate(self):
		self.normalise_email()
		self.check_email_is_free()
		self.check_user()
		self.check_identity()
		self.check_time_zone()
		self.check_membership_record()
		self.keep_standing()
		self.keep_calendar_address()

	def onload(self):
		self.show_who_shares()

	def on_update(self):
		self.give_role()
		employers.note_change(self)
		raise_events(self, identity.note_change(self))

	def on_trash(self):
		employers.forget(self.name)

	def normalise_email(self):
		self.email = normalise_email(self.email)
		self.membership_email = normalise_email(self.membership_email) or None

	def check_identity(self):
		"""The address and the login say whose membership counts, and who reads what is the person's."""
		identity.check_identity(self)

	def check_email_is_free(self):
		other = self.email and (
			self.other_profile("email", self.email) or self.other_profile("membership_email", self.email)
		)
		if other:
			frappe.throw(self.taken_words(self.email, other), exc=RuleViolation)
		if self.membership_email and (other := self.other_profile("email", self.membership_email)):
			frappe.throw(self.taken_words(self.membership_email, other), exc=RuleViolation)

	def taken_words(self, email: str, other: str) -> str:
		"""Whose address it is, for staff; others aren't told who has a profile."""
		if identity.is_staff():
			return _(
				"Another profile, {1}, uses the address {0}. Enter a different address, or merge the two profiles."
			).format(email, other)
		return _("{0} can't be used for this profile. Please write to your coordinator.").format(email)

	def check_user(self):
		if not self.user:
			return
		if self.user in frappe.STANDARD_USERS:
			frappe.throw(
				_("{0} isn't a person, so it can't have a profile.").format(self.user), exc=RuleViolation
			)
		if other := self.other_profile("user", self.user):
			frappe.throw(
				_("Another profile, {1}, uses the login {0}. Choose another user.").format(self.user, other),
				exc=RuleViolation,
			)

	def check_time_zone(self):
		if self.time_zone and self.time_zone not in available_timezones():
			frappe.throw(
				_("There is no time zone {0}. Use a name such as Europe/Berlin.").format(self.time_zone),
				exc=RuleViolation,
			)

	def check_membership_record(self):
		"""Kind and name of the record come together, and no more people have the same one than may share it.

		Several people may belong to one Customer, and share its subscription. A Member or an entry of the roll
		is one person's, unless Mentoring Settings says that its type is for more.
		"""
		if not (self.membership_doctype and self.membership_record):
			self.membership_doctype = self.membership_record = None
			return
		if not (self.has_value_changed("membership_doctype") or self.has_value_changed("membership_record")):
			return
		if not frappe.db.exists("DocType", self.membership_doctype, cache=True):
			frappe.throw(
				_("{0} is not installed on this site.").format(_(self.membership_doctype)), exc=RuleViolation
			)
		if not frappe.db.exists(self.membership_doctype, self.membership_record):
			frappe.throw(
				_("{0} {1} was not found.").format(_(self.membership_doctype), self.membership_record),
				exc=RuleViolation,
			)
		self.check_places()

	def check_places(self):
		"""Two who link the last place at one moment come one after the other: the record is locked."""
		doctype, record = self.membership_doctype, self.membership_record
		places = places_of(doctype, record)
		if places is None:
			return
		others = [each.full_name for each in lock_holders(doctype, record) if each.profile != self.name]
		if len(others) < places:
			return
		if places == 1:
			frappe.throw(
				_(
					"{0} {1} is already linked to another profile, {2}. Choose another membership record."
				).format(_(doctype), record, others[0]),
				exc=RuleViolation,
			)
		frappe.throw(
			_(
				"{0} {1} can be shared by {2} people, and {3} already use it: {4}. Remove it from one of them, or raise the number of people for its type in Mentoring Settings."
			).format(_(doctype), record, places, len(others), ", ".join(others)),
			exc=RuleViolation,
		)

	def show_who_shares(self):
		"""For the form: who has the same membership record, and for how many people it is."""
		if not (self.membership_record and frappe.db.exists("DocType", self.membership_doctype, cache=True)):
			return
		people = holders(self.membership_doctype, self.membership_record)
		places = places_of(self.membership_doctype, self.membership_record)
		self.set_onload(
			"membership_places",
			{
				"places": places,
				"people": [{"name": each.profile, "full_name": each.full_name} for each in people],
			},
		)

	def keep_standing(self):
		"""What the membership source said is written by services/membership/status.py and by nobody else."""
		stored = (
			None
			if self.is_new()
			else frappe.db.get_value(self.doctype, self.name, STANDING_FIELDS, as_dict=True)
		)
		for field in STANDING_FIELDS:
			self.set(field, stored[field] if stored else None)

	def keep_calendar_address(self):
		"""Written by services/sessions/calendar_feed.py only: whoever could set it could read the calendar."""
		fields = ("calendar_token", "calendar_token_hash")
		stored = None if self.is_new() else frappe.db.get_value(self.doctype, self.name, fields, as_dict=True)
		for field in fields:
			self.set(field, stored[field] if stored else None)

	def give_role(self):
		"""Who has a profile may use the members' pages."""
		if not self.user or frappe.db.exists(
			"Has Role", {"parenttype": "User", "parent": self.user, "role": MEMBER}
		):
			return
		user = frappe.get_doc("User", self.user)
		user.append_roles(MEMBER)
		user.save(ignore_permissions=True)

	def other_profile(self, field: str, value: str, **filters: str) -> str | None:
		"""The name of a person other than this one whose `field` is `value`."""
		return frappe.db.get_value(
			self.doctype, {field: value, "name": ("!=", self.name or ""), **filters}, "full_name"
		)
