"""Mentoring programs for professional associations that keep their members in Frappe/ERPNext."""

__version__ = "0.1.0"
