"""The one mail a day of those who chose it."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

YOUR_DAY = "Mentoring: Your Day"

TEMPLATES = {
	YOUR_DAY: Wording(
		"{{ matters[0].subject }}{% if matters | length > 1 %} (+ {{ matters | length - 1 }}){% endif %}",
		"your_day.html",
		{
			"matters": "list of what there is, the newest first, each with subject and body_html: "
			"the mail that it would have been",
		},
		to="members who chose one mail a day",
		when="in the morning at seven on their clock, when there is something",
		at_once=True,
	),
}
