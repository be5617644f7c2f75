"""Certificates and rosters of a whole cycle in one PDF, for the coordinators."""

import frappe

from mentor_ispe.api.prints import answer_with
from mentor_ispe.api.retry import retried
from mentor_ispe.services.prints import certificates, rosters

CYCLE = "Mentoring Cycle"


@frappe.whitelist(methods=["GET", "POST"])
@retried
def certificates_pdf(cycle: str, language: str | None = None, letterhead: str | None = None) -> None:
	"""A certificate for everybody who completed a part in the cycle, a page each."""
	answer_with(certificates.pdf(CYCLE, cycle, language, letterhead), f"certificates-{cycle}")


@frappe.whitelist(methods=["GET", "POST"])
@retried
def rosters_pdf(cycle: str, language: str | None = None, letterhead: str | None = None) -> None:
	"""The roster of every proposed or running group of the cycle."""
	answer_with(rosters.pdf(CYCLE, cycle, language, letterhead), f"rosters-{cycle}")
