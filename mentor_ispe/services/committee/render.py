"""Write the report from its figures: pictures, parts, and the wording that puts the parts in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.plain_text import plain_text
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.digests import COMMITTEE_REPORT
from mentor_ispe.mails.rendering import CannotRender, render, use_language
from mentor_ispe.services.committee import charts, labels, spreadsheet
from mentor_ispe.services.committee.charts import Picture

STORIES_SHOWN = 4
WORDS_OF_A_STORY = 700
TILES = ("meetings", "hours", "started", "people", "feedback", "attended_share")
TILES_BEFORE_THE_START = ("applied_mentees", "applied_mentors", "undecided", "unmatched")


@dataclass(frozen=True)
class Written:
	"""A report as it is sent; `html` names its pictures, see mails/attachments.py."""

	subject: str
	html: str
	plain: str
	pictures: dict[str, Picture]
	workbook: bytes


def render_report(figures: dict[str, Any], url: str = "") -> Written:
	"""Write the report in the site's language; `url` leads to its record.

	Raises RuleViolation when an Email Template of the site has a mistake.
	"""
	with use_language(None):
		pictures = charts.pictures(figures)
		values = {
			"program": figures["program"],
			"period": labels.days(figures["from"], figures["to"]),
			"figures": figures,
			**_parts(figures, pictures, url),
		}
		try:
			of = ("Mentoring Program", figures["program"])
			mail = render(COMMITTEE_REPORT, frappe.as_json(values), None, reference=of)
		except CannotRender as error:
			raise RuleViolation(str(error)) from error
		html = mail.message
		return Written(mail.subject, html, plain_text(html), pictures, spreadsheet.workbook(figures))


def render_closing(figures: dict[str, Any], url: str = "") -> Written:
	"""Write the closing report of a cycle in the site's language; `url` leads to its record."""
	now, before = figures["now"], figures["before"] or {}
	with use_language(None):
		values = {
			"cycle": figures["cycle"],
			"before": figures["cycle_before"],
			"period": labels.days(figures["from"], figures["to"]),
			"lead": _(
				"{groups} completed, with {meetings} and {hours}. {achieved} of {goals} goals achieved."
			).format(
				groups=_counted(now["groups_completed"], _("1 group"), _("{0} groups")),
				meetings=_counted(now["meetings"], _("1 meeting"), _("{0} meetings")),
				hours=_counted(now["hours"], _("1 hour"), _("{0} hours")),
				achieved=now["goals_achieved"],
				goals=now["goals"],
			),
			"rows": [
				{"label": label, "now": labels.number(now[name]), "before": labels.number(before.get(name))}
				for name, label in labels.closing().items()
			],
			"notes": _("Counted on {0}. Ratings are shown only if at least three people rated.").format(
				labels.day(figures["counted_on"])
			),
			"learned": figures["learned"],
			"stories": [_story(story) for story in figures["stories"]],
			"url": url,
		}
		html = frappe.render_template("templates/committee/closing_report.html", values).strip()
		subject = _("Closing report: {0}").format(figures["cycle"])
	return Written(subject, html, plain_text(html), {}, b"")


def _story(story: dict[str, Any]) -> dict[str, str]:
	by = _("{0}, {1}").format(story["full_name"], labels.day(story["given_on"]))
	return {"words": _cut(story["words"]), "by": by}


def _parts(figures: dict[str, Any], pictures: dict[str, Picture], url: str) -> dict[str, str]:
	parts = {
		"summary_html": {"lead": _lead(figures)},
		"figures_html": {"tiles": _tiles(figures), "compared": _compared(figures)},
		"needs_html": {"sentences": labels.needs(figures)},
		"stories_html": _stories(figures),
		"meetings_html": _meetings(figures, pictures),
		"health_html": _health(figures, pictures),
		"people_html": _people(figures, pictures),
		"coming_html": figures["coming"]
		and {
			"rows": [{"on": labels.day(row["on"]), "what": labels.upcoming(row)} for row in figures["coming"]]
		},
		"table_html": _table(figures),
		"closing_html": {"url": url},
	}
	return {
		name: frappe.render_template(f"templates/committee/{name.removesuffix('_html')}.html", values).strip()
		if values
		else ""
		for name, values in parts.items()
	}


def _lead(figures: dict[str, Any]) -> str:
	happened, stands = figures["happened"], figures["stands"]
	if _hasnt_started(figures):
		applied = happened["applied_mentors"]["now"] + happened["applied_mentees"]["now"]
		sentence = _("{0} in this period; no group is active yet.").format(
			_counted(applied, _("1 application"), _("{0} applications"))
		)
	else:
		sentence = _groups_together(happened, stands)
	waiting = len(labels.needs(figures))
	if not waiting:
		return _("{0} Nothing needs the committee's attention.").format(sentence)
	if waiting == 1:
		return _("{0} One thing needs the committee's attention.").format(sentence)
	return _("{0} {1} things need the committee's attention.").format(sentence, waiting)


def _hasnt_started(figures: dict[str, Any]) -> bool:
	return not figures["stands"]["groups"]["now"] and not figures["happened"]["meetings"]["now"]


def _groups_together(happened: dict[str, Any], stands: dict[str, Any]) -> str:
	return _("{meetings} and {hours} in {groups} with {people}.").format(
		meetings=_counted(happened["meetings"]["now"], _("1 meeting"), _("{0} meetings")),
		hours=_counted(happened["hours"]["now"], _("1 hour"), _("{0} hours")),
		groups=_counted(stands["groups"]["now"], _("1 active group"), _("{0} active groups")),
		people=_counted(stands["people"]["now"], _("1 person"), _("{0} people")),
	)


def _counted(number: float, one: str, many: str) -> str:
	return one if number == 1 else many.format(labels.number(number))


def _tiles(figures: dict[str, Any]) -> list[dict[str, str]]:
	names = {**labels.activity(), **labels.snapshot()}
	tiles = []
	for name in TILES_BEFORE_THE_START if _hasnt_started(figures) else TILES:
		figure = figures["happened"].get(name) or figures["stands"][name]
		if name == "attended_share":
			figure = {when: None if value is None else round(value) for when, value in figure.items()}
		percent = "%" if name == "attended_share" and figure["now"] is not None else ""
		tiles.append(
			{
				"label": _("Meeting attendance") if percent else names[name],
				"value": f"{labels.number(figure['now'])}{percent}",
				"trend": " · ".join(labels.trend(figure)),
			}
		)
	return tiles


def _compared(figures: dict[str, Any]) -> str:
	compared = figures["compared"]
	if "before" in compared and "year_ago" in compared:
		return _("Previous period: {0}. A year ago: {1}.").format(
			labels.days(*compared["before"]), labels.days(*compared["year_ago"])
		)
	if "before" in compared:
		return _("Previous period: {0}.").format(labels.days(*compared["before"]))
	return ""


def _stories(figures: dict[str, Any]) -> dict[str, Any] | None:
	stories = figures["stories"]
	if not stories:
		return None
	left = len(stories) - STORIES_SHOWN
	return {
		"stories": [_story(story) for story in stories[:STORIES_SHOWN]],
		"more": _("See the spreadsheet for {0} more stories.").format(left) if left > 0 else "",
	}


def _cut(text: str) -> str:
	text = text.strip()
	return text if len(text) <= WORDS_OF_A_STORY else f"{text[:WORDS_OF_A_STORY].rsplit(' ', 1)[0]} …"


def _meetings(figures: dict[str, Any], pictures: dict[str, Picture]) -> dict[str, str] | None:
	if "meetings" not in pictures:
		return None
	said = _("Dark bars: months in this report.")
	hours = figures["hours"]
	if hours["asked"]:
		said = _("{0} Of {1} people with required hours, {2} are behind.").format(
			said, hours["asked"], hours["short"]
		)
	return {"alt": pictures["meetings"].alt, "said": said}


def _health(figures: dict[str, Any], pictures: dict[str, Picture]) -> dict[str, str] | None:
	if "health" not in pictures:
		return None
	said, ratings = _("Calculated from meetings, attendance, feedback and goals."), figures["ratings"]
	if ratings:
		said = _("{0} Average rating by members, {1}: {2} of 5 stars ({3} ratings).").format(
			said,
			labels.days(ratings["from"], ratings["to"]),
			labels.number(ratings["mean"]),
			ratings["rated"],
		)
	return {"alt": pictures["health"].alt, "said": said}


def _people(figures: dict[str, Any], pictures: dict[str, Picture]) -> dict[str, Any] | None:
	stands, happened = figures["stands"], figures["happened"]
	if not stands["people"]["now"]:
		return None
	said = _(
		"Mentors: {mentors}. Mentees and peers: {mentees}. Applications in this period: {applied}."
	).format(
		mentors=stands["mentors"]["now"],
		mentees=stands["mentees"]["now"],
		applied=happened["applied_mentors"]["now"] + happened["applied_mentees"]["now"],
	)
	shown = [
		{"name": name, "alt": pictures[name].alt} for name in ("career_stage", "country") if name in pictures
	]
	return {"said": said, "shown_pictures": shown}


def _table(figures: dict[str, Any]) -> dict[str, Any]:
	def rows(part: str, named: dict[str, str]) -> list[dict[str, str]]:
		return [
			{
				"label": label,
				**{
					when: labels.number(figures[part][name].get(when))
					for when in ("now", "before", "year_ago")
				},
			}
			for name, label in named.items()
		]

	return {
		"happened": rows("happened", labels.activity()),
		"stands": rows("stands", labels.snapshot()),
		"as_of": _("On {0}").format(labels.day(figures["counted_on"])),
		"notes": _("A dash means that the program or its report didn't exist yet."),
	}
