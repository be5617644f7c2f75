"""What a members' page asks of the database doesn't grow with groups, people, meetings and whatever else there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from frappe.utils import set_request
from frappe.website.path_resolver import PathResolver

import mentor_ispe
from benchmarks.portal.pages import ANSWERS, PAGES, PUBLIC
from benchmarks.portal.world import World
from tests import factories as make
from tests.site.membership.records import counted_queries
from tests.site.sign_in import sign_in

FEW, MANY = 1, 50
ASKED = [("member", page, address) for page in PAGES for address in PAGES[page]]
ASKED += [("guest", page, address) for page in PUBLIC for address in PAGES[page]]
Counts = dict[tuple[str, str], dict[int, list[str]]]


@pytest.fixture(scope="module")
def counts(site) -> Iterator[Counts]:
	"""The statements of each page by (who, address) and by the size of the world that it shows."""
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
		frappe.set_user("Administrator")
		make.use_membership_roll()
		worlds = [World(size).put() for size in (FEW, MANY)]
		found: Counts = {(who, address): {} for who, _page, address in ASKED}
		for _reading in range(3):  # what all pages have in common is read by whoever comes first, and cached
			different = {key: each for key, each in found.items() if len({*map(len, each.values())}) != 1}
			_count(worlds, different)
		yield found
		frappe.set_user("Administrator")
		frappe.db.rollback()


def _count(worlds: list[World], found: Counts) -> None:
	for world in worlds:
		for user in dict.fromkeys(who for who, _address in found):
			sign_in(world.user if user == "member" else "Guest")
			for (who, address), each in found.items():
				if who == user:
					read = _statements(address.format(**world.names))
					each[world.size] = min(read, each.get(world.size, read), key=len)


def _statements(path: str) -> list[str]:
	"""What the page asks of the database for the user of now, nothing of the app's being cached."""
	set_request(method="GET", path=path)
	frappe.local.form_dict = frappe._dict(frappe.local.request.args)
	frappe.local.cache.clear()
	frappe.cache.delete_keys("document_cache::Mentoring")
	frappe.db.value_cache.clear()
	_endpoint, page = PathResolver(path.partition("?")[0]).resolve()
	with counted_queries() as found:
		page.render()
	return found


@pytest.mark.parametrize(("who", "page", "address"), ASKED)
def test_a_page_of_many_takes_as_many_queries_as_one_of_few(counts, who, page, address):
	few, many = (counts[who, address][size] for size in (FEW, MANY))
	assert len(many) == len(few), (Counter(many) - Counter(few), Counter(few) - Counter(many))


def test_every_page_is_counted():
	root = Path(mentor_ispe.__file__).parent / "www" / "mentoring"
	pages = {str(path.relative_to(root).with_suffix("")) for path in root.rglob("*.html")}
	assert pages == {*PAGES, *ANSWERS}
