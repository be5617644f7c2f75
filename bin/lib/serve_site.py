"""Serves one site, whatever name the request gives, with its assets and files.

For gunicorn, in the bench's ``sites`` directory, with the site's name in MENTOR_SERVE_SITE.
"""

import os

import frappe.app

frappe.app._site = os.environ["MENTOR_SERVE_SITE"]
application = frappe.app.application_with_statics()
