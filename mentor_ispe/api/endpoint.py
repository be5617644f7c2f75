"""The one way into the app over HTTP.

	@endpoint(MEMBER, form=HtmlForm(N_("You have accepted.")))
	def accept(group: str) -> dict: ...

Every whitelisted function of ours is one of these (a test holds that), so the order of questions is the same
everywhere and none can be forgotten: is this audience let in; is every value fit; is it not too often; then the
function, again when another request got in its way. An endpoint is one transaction: whatever is refused leaves
nothing behind. It answers a program with data and, where `form` is declared, a form of a members' page with a page:
`Accept` and the content type say which (`portal/html_form.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages
from typing import Any

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit

from mentor_ispe import api
from mentor_ispe.api import form_values, inputs
from mentor_ispe.api.redact_errors import redact_errors
from mentor_ispe.concurrency.retries import retried
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import Audience, signed_in_profile
from mentor_ispe.portal import html_form
from mentor_ispe.portal.html_form import HtmlForm

POST = ("POST",)
READS = ("GET", "POST")
# Programs without a login look first whether anything has changed.
GUEST_READS = ("GET", "HEAD")

# How often one person, or one address of guests, may call one endpoint in an hour. A person works far below
# that; a script that floods the association with mails or tries names does not.
HOUR = 60 * 60
OFTEN, SELDOM = 600, 30
IDENTITY = "mentoring_caller"
# Within this time the same form sent twice is one record.
REMEMBERED_SECONDS = 120


@dataclass(frozen=True)
class Endpoint:
	"""What was declared of a whitelisted function; `ENDPOINTS` has all that were imported."""

	function: Callable
	audience: Audience
	methods: Sequence[str]
	form: HtmlForm | None


ENDPOINTS: dict[str, Endpoint] = {}


def every_endpoint() -> dict[str, Endpoint]:
	"""ENDPOINTS, with every module of the API imported."""
	for module in walk_packages(api.__path__, f"{api.__name__}."):
		import_module(module.name)
	return ENDPOINTS


def endpoint(
	audience: Audience,
	*,
	methods: Sequence[str] = POST,
	form: HtmlForm | None = None,
	private: bool = False,
	once: bool = False,
	an_hour: int = OFTEN,
	most_items: int = inputs.MOST_ITEMS,
) -> Callable[[Callable], Callable]:
	"""Make a function an endpoint.

	`form`: a members' page has a form for it, and what that says afterwards. `private`: it handles words that staff
	mustn't find in the Error Log; so does every endpoint of members. `once`: the same request sent again by the
	same person within two minutes does nothing and is answered alike. `an_hour`: calls an hour by one person,
	where the audience is limited. `most_items`: of its lists.
	"""

	def made(function: Callable) -> Callable:
		path = f"{function.__module__}.{function.__name__}"
		inner = _done_once(function) if once else function
		inner = _refusing_what_cannot_be_kept(retried(inner))
		if private or audience.limited:
			inner = redact_errors(inner)

		def read(args: Sequence[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
			audience.check()
			given = signature(function).bind_partial(*args).arguments | kwargs
			return inputs.arguments(function, given, most_items)

		def read_form() -> dict[str, Any]:
			audience.check()
			inputs.form(frappe.request.form.items(multi=True))
			given = form_values.arguments(function, html_form.entered(), signed_in_profile())
			asked = inputs.arguments(function, given, most_items)
			return form.fields(asked) if form and form.fields else asked

		def do(asked: dict[str, Any]) -> Any:
			if not (audience.limited and frappe.request):
				return inner(**asked)
			# Frappe counts by `cmd`, which not every version of its API sets: a request could bring its own.
			frappe.form_dict.cmd = path
			frappe.form_dict[IDENTITY] = f"{path}:{_caller()}"
			return rate_limit(key=IDENTITY, limit=an_hour, seconds=HOUR, ip_based=False)(inner)(**asked)

		@wraps(function)
		def run(*args: Any, **kwargs: Any) -> Any:
			if form and html_form.is_html_form(frappe.request):
				return html_form.answer(form, read_form, do)
			by_script = form and html_form.has_form_fields(frappe.request)
			return _in_words(lambda: do(read_form() if by_script else read(args, kwargs)))

		# Our own check of the types has the last word; Frappe's would only say the same in other words.
		run.__annotations__ = {}
		ENDPOINTS[path] = Endpoint(function, audience, methods, form)
		return frappe.whitelist(allow_guest=audience.name == "everybody", methods=list(methods))(run)

	return made


def _in_words(done: Callable[[], Any]) -> Any:
	"""Give the caller the words of a refusal that was only raised: Frappe gives them with its traceback."""
	try:
		return done()
	except (frappe.PermissionError, frappe.ValidationError) as error:
		if not frappe.message_log:
			words = (
				str(error.args[0])
				if error.args
				else _("This couldn't be done. Reload the page and try again.")
			)
			frappe.msgprint(frappe.utils.escape_html(words), indicator="red")
		raise


def _caller() -> str:
	user = frappe.session.user
	return user if user != "Guest" else str(frappe.local.request_ip)


def _refusing_what_cannot_be_kept(function: Callable) -> Callable:
	"""Say in words what the database says in its own of a value that doesn't fit, or that is there already."""

	@wraps(function)
	def run(*args: Any, **kwargs: Any) -> Any:
		try:
			return function(*args, **kwargs)
		except (frappe.DuplicateEntryError, frappe.UniqueValidationError):
			_undo()
			frappe.throw(_("This has already been saved. Reload the page to see it."), exc=RuleViolation)
		except frappe.CharacterLengthExceededError:
			_undo()
		except Exception as error:
			if not _does_not_fit(error):
				raise
			_undo()
		frappe.throw(
			_("One of the values is too long or too large to be saved. Shorten it and try again."),
			exc=RuleViolation,
		)

	return run


def _undo() -> None:
	frappe.db.rollback()
	frappe.clear_messages()


def _does_not_fit(error: Exception) -> bool:
	# Frappe looks at the first of what an error says of itself; a bare refusal says nothing.
	return isinstance(error, frappe.db.DataError) or bool(error.args and frappe.db.is_data_too_long(error))


def _done_once(function: Callable) -> Callable:
	"""Answer the same request of the same person as the first one was answered, without doing it again.

	The person's login is locked first, so that two at the same moment go one after the other; the answer is
	remembered until the transaction is undone, if it is.
	"""

	@wraps(function)
	def run(*args: Any, **kwargs: Any) -> Any:
		if not frappe.request:
			return function(*args, **kwargs)
		key = f"mentoring_done:{_digest(function, args, kwargs)}"
		frappe.db.get_value("User", frappe.session.user, "name", for_update=True)
		if remembered := frappe.cache.get_value(key, expires=True):
			return remembered["answer"]
		answer = function(*args, **kwargs)
		frappe.cache.set_value(key, {"answer": answer}, expires_in_sec=REMEMBERED_SECONDS)
		frappe.db.after_rollback.add(lambda: frappe.cache.delete_value(key))
		return answer

	return run


def _digest(function: Callable, args: Sequence[Any], kwargs: dict[str, Any]) -> str:
	said = [frappe.session.user, function.__module__, function.__name__, args, kwargs]
	return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
