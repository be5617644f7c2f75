"""Somebody who uses the members' pages without JavaScript: reads a page, fills in a form, sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag

from tests.http.people import make_password


@dataclass(frozen=True)
class Page:
	"""A page as it came; `said` is what the last form said, `refused` whether it was a refusal."""

	status: int
	url: str
	text: str
	soup: BeautifulSoup

	@property
	def said(self) -> str:
		box = self.soup.find(id="said")
		return box.get_text(" ", strip=True) if box else ""

	@property
	def refused(self) -> bool:
		return bool(self.soup.select("#said .mentoring-refused"))

	@property
	def words(self) -> str:
		"""The words of the page itself, without the site's menu and scripts."""
		main = self.soup.find(id="mentoring-main")
		return " ".join(main.get_text(" ").split()) if main else ""

	def form(self, form: str) -> Tag:
		found = self.soup.find("form", id=form)
		assert found, (
			f"no form {form} on {self.url}: {[each.get('id') for each in self.soup.find_all('form')]}"
		)
		return found


class Visitor:
	"""One signed-in person with cookies, or a guest; never follows a page's scripts."""

	def __init__(self, base_url: str, user: str | None = None):
		self.base_url = base_url
		self.session = requests.Session()
		self.session.trust_env = False
		if user:
			self.session.post(
				f"{base_url}/api/method/login", data={"usr": user, "pwd": make_password(user)}, timeout=60
			).raise_for_status()

	def get(self, path: str) -> Page:
		return self._page(self.session.get(f"{self.base_url}{path}", timeout=60))

	def post(self, endpoint: str, **values: Any) -> Page:
		"""Send values without a page, as somebody who guesses."""
		return self._page(
			self.session.post(
				f"{self.base_url}/api/method/mentor_ispe.api.portal.{endpoint}", data=values, timeout=60
			)
		)

	def send(self, path: str, form: str, _button: tuple[str, str] | None = None, **values: Any) -> Page:
		"""Fill in a form of the page at `path` and send it; what isn't given stays as the page says.

		`_button` is the name and value of the button pressed. Names with a colon come in `values` as well.
		"""
		tag = self.get(path).form(form)
		filled = [*fields(tag).items(), *([_button] if _button else ())]
		data = {**dict(filled), **{name.replace("__", ":"): value for name, value in values.items()}}
		return self._page(self.session.post(f"{self.base_url}{tag['action']}", data=data, timeout=60))

	def token(self, path: str) -> str:
		"""The token of this session, as a page's forms carry it."""
		return self.get(path).soup.find("input", attrs={"name": "csrf_token"})["value"]

	def _page(self, response: requests.Response) -> Page:
		assert response.status_code < 500, response.text[-3000:]
		return Page(
			response.status_code, response.url, response.text, BeautifulSoup(response.text, "html.parser")
		)


def fields(form: Tag) -> dict[str, Any]:
	"""What a browser would send of a form that nobody touched."""
	values: dict[str, Any] = {}
	for tag in form.find_all(["input", "textarea", "select"]):
		name, kind = tag.get("name"), tag.get("type")
		if kind in ("checkbox", "radio"):
			if tag.has_attr("checked"):
				values.setdefault(name, []).append(tag["value"])
		elif tag.name == "textarea":
			values[name] = tag.get_text()
		elif tag.name == "select":
			options = tag.find_all("option")
			chosen = next(
				(one for one in options if one.has_attr("selected")), options[0] if options else None
			)
			values[name] = chosen["value"] if chosen else ""
		else:
			values[name] = tag.get("value", "")
	return values
