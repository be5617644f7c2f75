"""What coordinators write themselves to people whom they choose."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import Field, define_mail

NEWS = define_mail(
	"News from the Program",
	to=N_("the people a coordinator chose in a list"),
	when=N_("a coordinator sends it"),
	optional=True,
	fields=(
		Field("subject", "what the coordinator wrote as the subject", "Save the date: closing event"),
		Field(
			"words_html",
			"what the coordinator wrote, with the person's own values in it",
			"<p>Hi Mara,</p><p>Our closing event is on May 12. Please save the date.</p>",
		),
	),
	needed=("words_html",),
)
