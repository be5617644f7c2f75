"""The recipes of docs/contributing.md, for the tests that follow them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
_CODE = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def code_of(title: str, kind: str) -> list[str]:
	"""The pieces of code of this kind that the recipe shows, in its order."""
	page = (CHECKOUT / "docs" / "contributing.md").read_text(encoding="utf-8")
	recipe = page.partition(f"## {title}\n")[2].partition("\n## ")[0]
	return [
		"".join(line.removeprefix("   ") for line in code.splitlines(keepends=True))
		for found, code in _CODE.findall(recipe)
		if found == kind
	]


def copy_of_the_package(folder: Path, *more: str) -> Path:
	"""The package, the documents and more of the checkout, to try a recipe on; returns the folder."""
	for name in ("mentor_ispe", "docs", *more):
		if (CHECKOUT / name).is_dir():
			ignored = shutil.ignore_patterns("__pycache__", "dist", "node_modules")
			shutil.copytree(CHECKOUT / name, folder / name, ignore=ignored)
		else:
			(folder / name).parent.mkdir(parents=True, exist_ok=True)
			shutil.copy(CHECKOUT / name, folder / name)
	return folder
