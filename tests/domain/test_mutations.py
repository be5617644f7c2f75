"""The changes that `python -m tests.mutations` tries can still be made: their text is in the file, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutations import MUTATIONS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.title.replace(" ", "_"))
def test_what_it_changes_is_there(mutation):
	assert (ROOT / mutation.file).read_text(encoding="utf-8").count(mutation.old) == 1
