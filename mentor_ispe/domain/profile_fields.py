"""What is known of a person: each field of the profile is declared here, once, in the order of the form.

The form of the members' pages, the API, the import and the command, and what an erasure clears are read from here;
docs/contributing.md says how to add a field.
"""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.violations import N_

TEXT, LONG_TEXT, CHOICE, LIST = "text", "long text", "choice", "list"


@dataclass(frozen=True)
class ProfileField:
	"""One field of the profile.

	`question` is its label on the members' pages; without one it is the association's, and members don't set it.
	`row` is the column that holds each item of a LIST. `erased`: it says who the person is, so that an erasure
	clears it; what it keeps is for the reports. `autocomplete` is what a browser may fill in.
	"""

	name: str
	kind: str = TEXT
	question: str = ""
	help: str = ""
	required: bool = False
	erased: bool = False
	row: str = ""
	autocomplete: str = ""


PROFILE_FIELDS = (
	ProfileField("full_name", question=N_("Your name"), required=True, autocomplete="name"),
	ProfileField("email"),
	ProfileField("career_stage", CHOICE, N_("Where you are in your career")),
	ProfileField("employer", question=N_("Employer or school"), erased=True, autocomplete="organization"),
	ProfileField("job_title", question=N_("Your job"), erased=True, autocomplete="organization-title"),
	ProfileField("industry", CHOICE, N_("Industry")),
	ProfileField("city", question=N_("City"), erased=True, autocomplete="address-level2"),
	ProfileField("country", CHOICE, N_("Country")),
	ProfileField("chapter"),
	ProfileField("time_zone", CHOICE, N_("Time zone"), N_("Dates are shown to you in it."), erased=True),
	ProfileField("languages", LIST, N_("Languages you can meet in"), row="language"),
	ProfileField("learning_style", CHOICE, N_("How you learn best"), erased=True),
	ProfileField("topics", LIST, N_("Your topics"), N_("A new application starts with these."), row="topic"),
	ProfileField(
		"biography",
		LONG_TEXT,
		N_("In a few sentences"),
		N_("What others should know when they meet you."),
		erased=True,
	),
)
OWN_FIELDS = tuple(field for field in PROFILE_FIELDS if field.question)
"""What a person says of themselves; the rest (address, login, membership, chapter) is the association's."""
