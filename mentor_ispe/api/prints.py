"""Certificates and rosters for the person or the group they are about; coordinators get everybody's."""

import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.permissions.gate import SIGNED_IN
from mentor_ispe.services.prints import certificates, rosters


@endpoint(SIGNED_IN, methods=READS)
def certificate_pdf(
	doctype: str, name: str, language: str | None = None, letterhead: str | None = None
) -> None:
	"""The certificate of a completed part, a Mentor or a Mentee, as a PDF file."""
	answer_with(certificates.pdf(doctype, name, language, letterhead), f"certificate-{name}")


@endpoint(SIGNED_IN, methods=READS)
def roster_pdf(group: str, language: str | None = None, letterhead: str | None = None) -> None:
	"""Who is in the group, with what each shares, as a PDF file."""
	answer_with(rosters.pdf("Mentoring Group", group, language, letterhead), f"roster-{group}")


def answer_with(content: bytes, title: str) -> None:
	"""Answer the request with a PDF file of this name."""
	frappe.local.response.filename = f"{title}.pdf"
	frappe.local.response.filecontent = content
	frappe.local.response.type = "pdf"
