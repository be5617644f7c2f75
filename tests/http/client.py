"""A small HTTP client for tests against a served site: what was answered, and in which words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from threading import Barrier
from time import perf_counter
from typing import Any

import requests

COORDINATOR_API = "mentor_ispe.api.coordinator"
MEMBER_API = "mentor_ispe.api.member"
# Where a browser learns the token of its session: the Desk, and a members' page with a form.
WITH_TOKEN = ("/app", "/mentoring/profile")
TOKEN = re.compile(r'csrf_token"?\s*(?:=|value=)\s*"([0-9a-f]+)"')
# What a person must never read, whatever two requests did to each other.
TECHNICAL = re.compile(
	r"deadlock|lock wait|try restarting|savepoint|traceback|\b1213\b|\b1205\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Answer:
	"""One response. `seconds` is how long it took."""

	status: int
	body: dict[str, Any]
	text: str
	seconds: float

	@property
	def ok(self) -> bool:
		return self.status < 400

	@property
	def result(self) -> Any:
		"""What the endpoint returned: `message` of a method, `data` of a document."""
		return self.body.get("message", self.body.get("data"))

	@property
	def words(self) -> str:
		"""What a person is shown, as plain text."""
		said = " ".join(_plain(message) for message in self._messages())
		return said or _plain(self.body.get("exception") or self.body.get("_error_message") or "")

	@property
	def error(self) -> str:
		"""The name of the exception, empty when there was none."""
		errors = self.body.get("errors") or [{}]
		return self.body.get("exc_type") or errors[0].get("type") or ""

	def _messages(self) -> list[Any]:
		shown = [
			json.loads(text)["message"] for text in json.loads(self.body.get("_server_messages") or "[]")
		]
		for entry in (*(self.body.get("errors") or ()), *(self.body.get("messages") or ())):
			if "message" in entry:
				shown.append(entry["message"])
		return shown


def _plain(message: Any) -> str:
	if isinstance(message, list):
		return " ".join(map(_plain, message))
	return unescape(re.sub(r"<[^>]+>", " ", str(message))).strip()


class Client:
	"""Speaks to the site as one person: by API key, by a login's cookies, or as a guest.

	Every request opens its own connection, so one client may be used by many threads.
	"""

	def __init__(self, base_url: str, authorization: str | None = None):
		self.base_url = base_url
		self.headers = {"Accept": "application/json"}
		self.cookies: dict[str, str] = {}
		if authorization:
			self.headers["Authorization"] = authorization

	def log_in(self, user: str, password: str) -> Client:
		"""Sign in as a browser does, and fetch the token that its later requests carry."""
		with requests.Session() as session:
			session.trust_env = False
			response = session.post(
				f"{self.base_url}/api/method/login", data={"usr": user, "pwd": password}, timeout=60
			)
			response.raise_for_status()
			self.cookies = session.cookies.get_dict()
			pages = [session.get(f"{self.base_url}{path}", timeout=60).text for path in WITH_TOKEN]
		if token := TOKEN.search("".join(pages)):
			self.headers["X-Frappe-CSRF-Token"] = token.group(1)
		return self

	def request(self, verb: str, path: str, **options: Any) -> Answer:
		started = perf_counter()
		headers = {**self.headers, **options.pop("headers", {})}
		with requests.Session() as session:
			session.trust_env = False
			response = session.request(
				verb,
				f"{self.base_url}{path}",
				headers=headers,
				cookies=self.cookies,
				timeout=120,
				allow_redirects=False,
				**options,
			)
		try:
			body = response.json()
		except ValueError:
			body = {}
		return Answer(
			response.status_code,
			body if isinstance(body, dict) else {},
			response.text,
			perf_counter() - started,
		)

	def call(self, method: str, **values: Any) -> Answer:
		"""POST to an endpoint, the values as JSON."""
		return self.request("POST", f"/api/method/{method}", json=values)

	def get(self, path: str, **params: Any) -> Answer:
		return self.request("GET", path, params=params)

	def post(self, path: str, values: dict[str, Any]) -> Answer:
		return self.request("POST", path, json=values)

	def put(self, path: str, values: dict[str, Any]) -> Answer:
		return self.request("PUT", path, json=values)

	def delete(self, path: str) -> Answer:
		return self.request("DELETE", path)


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
	"""Make all the calls at the same moment, each in a thread of its own; answers in their order."""
	start = Barrier(len(calls))

	def run(call: Callable[[], Answer]) -> Answer:
		start.wait()
		return call()

	with ThreadPoolExecutor(len(calls)) as pool:
		return list(pool.map(run, calls))
