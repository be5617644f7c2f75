"""Every link and every path in the documents leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md")])
CODE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:img|a)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
# Names files that its reader is to write.
RECIPES = ROOT / "docs" / "contributing.md"
# In backticks: a path from the root, or from the package.
ROOTS = (ROOT, ROOT / "mentor_ispe")
FOLDERS = sorted(
	folder.name.replace(".", r"\.")
	for root in ROOTS
	for folder in root.iterdir()
	if folder.is_dir() and not folder.name.endswith("__") and folder.name != ".git"
)
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)(?:::\w+)?`")


def anchors(page: Path) -> set[str]:
	"""The anchors of its headings, as GitHub makes them."""
	text = CODE.sub("", page.read_text(encoding="utf-8"))
	words = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in HEADING.findall(text))
	return {heading.replace(" ", "-") for heading in words}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
	broken = []
	for link in (one or other for one, other in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))):
		if re.match(r"\w+:", link):
			continue  # another site, or an address of mail
		path, _, anchor = link.partition("#")
		target = (page.parent / path).resolve() if path else page
		if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
			broken.append(link)
	assert not broken


@pytest.mark.parametrize(
	"page", [page for page in PAGES if page != RECIPES], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_every_path_is_there(page):
	paths = PATH.findall(CODE.sub("", page.read_text(encoding="utf-8")))
	assert not [path for path in paths if not any((root / path).exists() for root in ROOTS)]


def test_every_page_can_be_found_from_the_readme():
	found, ahead = set(), [ROOT / "README.md"]
	while ahead:
		page = ahead.pop()
		if page in found or not page.is_file() or page.suffix != ".md":
			continue
		found.add(page)
		links = LINK.findall(page.read_text(encoding="utf-8"))
		ahead += [(page.parent / (one or other).partition("#")[0]).resolve() for one, other in links]
	assert not set(ROOT.glob("docs/*.md")) - found
