"""The mails and their default wording, by subject; every mail is an Email Template of the site by its name."""

from __future__ import annotations

from mentor_ispe.mails.default_templates import (
	applications,
	concerns,
	credit,
	digests,
	extension,
	feedback,
	groups,
	matches,
	members,
	sessions,
	speakers,
	workshops,
)
from mentor_ispe.mails.default_templates.wording import Wording

PREFIX = "Mentoring: "

TEMPLATES: dict[str, Wording] = {
	name: wording
	for subject in (
		applications,
		concerns,
		credit,
		digests,
		extension,
		feedback,
		groups,
		matches,
		members,
		sessions,
		speakers,
		workshops,
	)
	for name, wording in subject.TEMPLATES.items()
}
