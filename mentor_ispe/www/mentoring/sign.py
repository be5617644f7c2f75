"""Agreements that the signed-in person still has to read and sign, over all their programs."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.portal import html_text, page
from mentor_ispe.services.members import member_status

no_cache = 1


def get_context(context):
	profile = page.require_profile(context, _("Read and sign"), "/mentoring")
	context.to_sign = member_status.status_of(profile)["agreements_to_sign"]
	texts = dict(
		frappe.get_all(
			"Mentoring Agreement",
			{"name": ("in", [row["name"] for row in context.to_sign] or [""])},
			["name", "text"],
			as_list=True,
		)
	)
	for row in context.to_sign:
		row["html"] = html_text.safe_html(texts.get(row["name"]))
	return context
