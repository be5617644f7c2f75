"""Links lead to this site, whatever the request calls it.

The hole: where the site's configuration has no `host_name`, Frappe builds every link from the `Host` header
of the request, but for that of a new password. Whoever sends one with another site's name has mails written
that lead there. Seen on Frappe 15.101. This can go when frappe.utils.get_url asks for names it knows.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import frappe
from frappe.utils import get_url

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def keep_to_own_address() -> None:
	"""Build the links of this request from the site's own name, when it came under a name that isn't one."""
	conf, request = frappe.local.conf, frappe.local.request
	host = host_of(request.host)
	# Nobody who comes through a web server is on this machine, whatever they say.
	elsewhere = host in LOOPBACK and "X-Forwarded-For" in request.headers
	if conf.host_name or conf.hostname or (host in own_hosts() and not elsewhere):
		return
	# A copy: Frappe 16 keeps the configuration for the requests that follow.
	frappe.local.conf = frappe._dict(conf, host_name=get_url(allow_header_override=False))


def own_hosts() -> frozenset[str]:
	"""The names under which this site is reached, as its configuration says; lower case, without ports."""
	conf = frappe.local.conf
	domains = [domain.get("domain") if isinstance(domain, dict) else domain for domain in conf.domains or ()]
	named = [frappe.local.site, conf.host_name, conf.hostname, *domains]
	return LOOPBACK | {host for name in named if (host := host_of(name))}


def host_of(address: str | None) -> str:
	"""The host of an address or of a `Host` header; empty when it has none that can be read."""
	address = address or ""
	try:
		return urlsplit(address if "//" in address else f"//{address}").hostname or ""
	except ValueError:
		return ""
