"""What a mail is: what its wording may use, who gets it and when; declared once, read everywhere.

The wording itself lies in `default_templates/`, in a folder called by the language's code, in a file called by the
mail.

From here come the Email Templates of the site, the values of the preview, what may wait for the daily mail and
docs/mails.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

PREFIX = "Mentoring: "
WORDINGS = Path(__file__).parent / "default_templates"
SUBJECT = re.compile(r"<!-- subject: (?P<subject>.+?) -->\s*$")


@dataclass(frozen=True)
class Field:
	"""A value that a wording may use; `sample` is shown while no real mail of the kind has been announced."""

	name: str
	meaning: str
	sample: Any

	def means(self, meaning: str) -> Field:
		"""The same value where a mail means something more exact by it."""
		return replace(self, meaning=meaning)


@dataclass(frozen=True)
class Button:
	"""Where a mail leads: to the very place where the thing is done, by way of the login if need be.

	`address` is a path of the site, in which `{name}` is the record that the mail is about, `{group_name}` the name of
	its group and any other name a value of the wording; or the name of a value that holds an address; or DESK_FORM.
	One of several stands where its value `when` is true and what its address names is there.
	"""

	words: str
	address: str
	when: str = ""


# Who gets a mail beside members: why they do is said under it.
MEMBERS, COORDINATORS, SPEAKERS, COMMITTEE = "members", "coordinators", "speakers", "committee"


@dataclass(frozen=True)
class DefaultTemplate:
	"""What we put into a new Email Template: Jinja."""

	subject: str
	response_html: str


@dataclass(frozen=True)
class MailDefinition:
	"""One mail; see define_mail."""

	name: str
	to: str
	when: str
	fields: tuple[Field, ...]
	immediate: bool
	digest_list: str
	buttons: tuple[Button, ...] = ()
	optional: bool = False
	audience: str = MEMBERS
	act_list: str = ""
	needed: tuple[str, ...] = ()

	@property
	def list_field(self) -> str:
		"""The value that lists those of several notices, which one mail tells; "" where each is told by itself."""
		return self.digest_list or self.act_list

	@property
	def file_name(self) -> str:
		"""What the file of a wording is called."""
		return self.name.removeprefix(PREFIX).lower().replace(" ", "_") + ".html"

	@cached_property
	def wordings(self) -> dict[str, DefaultTemplate]:
		"""The app's own wording in each language, by the language's code."""
		return {file.parent.name: read_wording(file) for file in sorted(WORDINGS.glob(f"*/{self.file_name}"))}

	@property
	def subject(self) -> str:
		"""In English."""
		return self.wordings["en"].subject

	@property
	def body(self) -> str:
		"""In English."""
		return self.wordings["en"].response_html

	@property
	def delivery(self) -> str:
		"""How it goes out: at once, in the daily mail of those who chose one, or as one mail a morning."""
		alone = "at once" if self.immediate else "may wait"
		how = "one a morning" if self.digest_list else alone
		return f"{how}; optional" if self.optional else how

	@property
	def leads_to(self) -> str:
		"""The words of its button; of several, with a line between."""
		return " / ".join(button.words for button in self.buttons)

	def sample(self) -> dict[str, Any]:
		"""Everything that the wording was promised, with made-up values."""
		return {field.name: field.sample for field in self.fields}

	def sample_contexts(self) -> list[dict[str, Any]]:
		"""The same as the contexts of notices: several, where the mail joins them."""
		return self.sample()[self.list_field] if self.list_field else [self.sample()]


def read_wording(file: Path) -> DefaultTemplate:
	"""The wording in one language; its first line is the subject, `<!-- subject: … -->`, else ValueError."""
	first, _newline, body = file.read_text(encoding="utf-8").partition("\n")
	found = SUBJECT.match(first)
	if not found:
		raise ValueError(f"{file} doesn't begin with <!-- subject: … -->")
	return DefaultTemplate(found["subject"], body)


MAILS: dict[str, MailDefinition] = {}
"""Every mail by its name, filled by the modules in default_templates/."""


def define_mail(
	name: str,
	*,
	to: str,
	when: str,
	fields: tuple[Field, ...] = (),
	immediate: bool = False,
	digest_list: str = "",
	button: Button | tuple[Button, ...] = (),
	optional: bool = False,
	audience: str = MEMBERS,
	act_list: str = "",
	needed: tuple[str, ...] = (),
) -> str:
	"""Declare a mail; returns the name of its Email Template, which is how notices refer to it.

	The wording may use `fields`; beside them `recipient_name`, `portal_url` and `site_name` are there in every
	mail. `to` and `when` say in a few words who gets it and when.

	A mail may wait: it joins the daily mail of those who chose one a day. One that is `immediate` never
	does. `digest_list` names the field that lists the values of several notices: those to one person in one
	night become one mail, in the morning. `act_list` does the same for what one act tells one person, at once.

	`button` leads to where the thing is done. Members may turn off a mail that is `optional`, by one click; the
	others are needed to take part, or to know what happens to one's data. `audience` is who gets it beside members.

	`needed` names the fields without which the text fails its purpose: no wording of a site may lack them.

	Raises ValueError for a name that another mail has.
	"""
	name = PREFIX + name
	buttons = (button,) if isinstance(button, Button) else button
	if name in MAILS:
		raise ValueError(f"Two mails are called {name!r}")
	MAILS[name] = MailDefinition(
		name, to, when, fields, immediate, digest_list, buttons, optional, audience, act_list, needed
	)
	return name


# Places that several mails lead to

HOME = "/mentoring"
GROUP_PAGE = "/mentoring/groups/{group_name}"
MATCH_PAGE = "/mentoring/match/{group_name}"
MEETINGS_PAGE = "/mentoring/groups/{group_name}/meetings"
MEETING_PAGE = "/mentoring/groups/{group_name}/meetings/{name}"
FEEDBACK_PAGE = "/mentoring/groups/{group_name}/feedback"
WORKSHOPS_PAGE = "/mentoring/library#workshops"
DESK = "/app/mentoring"
DESK_FORM = "the record in the Desk"

# Fields that mean the same in mails of several subjects

CYCLE = Field("cycle", "name of the cycle", "Mentoring 2031")
FOCUS = Field("focus", "what it is about, or empty", "The next career step")
GROUP = Field("group", "title of the group", "Mara Lindqvist and Tom Okafor")
LINK = Field("link", "link, or empty", "https://meet.example.org/mentoring")
LOCATION = Field("location", "place, or empty", "")
MINUTES = Field("minutes", "how long it takes", 60)
MODE = Field("mode", "Online or In Person", "Online")
PROGRAM = Field("program", "name of the program", "Mentoring")
REASON = Field("reason", "why, or empty", "A new job leaves no time.")
STARTS_ON = Field("starts_on", "when it starts, on the clock of the person", "2031-02-10 17:00:00")
ZONE = Field("zone", "whose clock that is, for example Europe/Berlin", "Europe/Berlin")
