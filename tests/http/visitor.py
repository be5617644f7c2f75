"""Somebody who uses the members' pages without JavaScript: reads a page, fills in a form, sends it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag

from tests.http.people import make_password

FORMS = "/api/method/mentor_ispe.api."


@dataclass(frozen=True)
class Page:
	"""A page as it came: its address on the site at the end, the status, the HTML."""

	address: str
	status: int
	text: str

	@cached_property
	def soup(self) -> BeautifulSoup:
		return BeautifulSoup(self.text, "html.parser")

	@property
	def said(self) -> str:
		"""What the last form said."""
		box = self.soup.find(id="said")
		return " ".join(box.get_text(" ").split()) if box else ""

	@property
	def refused(self) -> bool:
		"""Whether that was a refusal."""
		return bool(self.soup.select("#said .mentoring-refused"))

	@property
	def words(self) -> str:
		"""What is read on the page itself, without the site's menu; of a page that isn't ours everything."""
		return " ".join((self.soup.find(id="mentoring-main") or self.soup).get_text(" ").split())

	def has_form(self, which: str) -> bool:
		return bool(self._forms(which))

	def form(self, which: str, number: int = 0) -> Tag:
		"""A form by its id, or by the endpoint that it posts to, for example "application.send"."""
		found = self._forms(which)
		assert found, f"no form {which} on {self.address}:\n{self.words[:2000]}"
		return found[number]

	def _forms(self, which: str) -> list[Tag]:
		return self.soup.find_all("form", id=which) or self.soup.find_all("form", action=f"{FORMS}{which}")


class Visitor:
	"""One browser at the members' pages: a guest, or signed in with a login."""

	def __init__(self, base_url: str, user: str | None = None):
		self.base_url = base_url
		self.session = requests.Session()
		self.session.trust_env = False
		self.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
		if user:
			self.sign_in(user)

	def sign_in(self, user: str) -> None:
		answer = self.session.post(
			f"{self.base_url}/api/method/login", data={"usr": user, "pwd": make_password(user)}, timeout=60
		)
		answer.raise_for_status()

	def get(self, path: str) -> Page:
		return self._page(self.session.get(f"{self.base_url}{path}", timeout=120))

	def post(self, endpoint: str, origin: str | None = None, **values: Any) -> Page:
		"""Send values without a page, as somebody who knows the address would; `origin` is that of the sender."""
		return self._post(f"{FORMS}{endpoint}", values, origin)

	def send(
		self,
		page: Page | str,
		which: str,
		_button: tuple[str, str] | None = None,
		number: int = 0,
		_endpoint: str = "",
		**values: Any,
	) -> Page:
		"""Fill in a form of a page, or of the page at a path, and send it; the rest stays as the page says.

		A value may be a list, or None to leave the field out, or a box unticked; `__` in a name stands for a colon. `_button` is
		the name and value of the button pressed; `_endpoint` that of a button which sends the form elsewhere.
		"""
		form = (self.get(page) if isinstance(page, str) else page).form(which, number)
		given = {name.replace("__", ":"): value for name, value in values.items()}
		data = {
			**fields(form),
			**{name: _unticked(form, name) if value is None else value for name, value in given.items()},
		}
		action = f"{FORMS}{_endpoint}" if _endpoint else form["action"]
		assert action == form["action"] or form.find("button", attrs={"formaction": action})
		return self._post(action, {**data, **dict([_button] if _button else [])})

	def token(self, path: str) -> str:
		"""The token of this session, as a page's forms carry it."""
		return self.get(path).soup.find("input", attrs={"name": "csrf_token"})["value"]

	def _post(self, path: str, values: dict[str, Any], origin: str | None = None) -> Page:
		sent = {name: value for name, value in values.items() if value is not None}
		headers = {"Origin": origin or self.base_url}
		return self._page(
			self.session.post(f"{self.base_url}{path}", data=sent, headers=headers, timeout=120)
		)

	def _page(self, response: requests.Response) -> Page:
		assert response.status_code < 500, response.text[-3000:]
		assert "no such element" not in response.text, f"a field without a value on {response.url}"
		return Page(response.url.removeprefix(self.base_url), response.status_code, response.text)


def _unticked(form: Tag, name: str) -> str | None:
	"""What a box that isn't ticked sends, by the hidden field before it; None for every other field."""
	hidden = form.find("input", attrs={"name": name, "type": "hidden"})
	return (
		hidden["value"] if hidden and form.find("input", attrs={"name": name, "type": "checkbox"}) else None
	)


def fields(form: Tag) -> dict[str, list[str]]:
	"""What a browser would send of a form that nobody touched."""
	values: dict[str, list[str]] = {}
	for field in form.find_all(["input", "textarea", "select"]):
		name = field.get("name")
		if not name:
			continue
		if field.name == "select":
			chosen = field.find("option", selected=True) or field.find("option")
			values.setdefault(name, []).append(chosen.get("value", chosen.text) if chosen else "")
		elif field.name == "textarea":
			values.setdefault(name, []).append(field.text)
		elif field.get("type") not in ("checkbox", "radio") or field.has_attr("checked"):
			values.setdefault(name, []).append(field.get("value", "on"))
	return values
