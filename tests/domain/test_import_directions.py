"""Lower layers never import higher ones, and no two folders import each other.

The layers themselves are in tests/architecture.py.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests import architecture
from tests.architecture import LAYERS, LOOKS_UP, RANKS, folder_of, layer_of


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
	"""Each module of the app, and those that it imports."""
	return architecture.imports()


def test_every_module_has_its_layer(imports):
	placed = {*RANKS, *(low for low, _ in LOOKS_UP)}
	assert not {module for module, others in imports.items() if others and layer_of(module) not in placed}


def test_lower_layers_never_import_higher_ones(imports):
	found = defaultdict(set)
	for module, others in imports.items():
		for other in others:
			low, high = layer_of(module), layer_of(other)
			if (low, high) not in LOOKS_UP and RANKS.get(low, len(LAYERS)) < RANKS.get(high, 0):
				found[folder_of(module), high].add(f"{module} → {other}")
	assert not dict(found)


def test_no_two_folders_of_a_layer_import_each_other(imports):
	found = defaultdict(set)
	for module, others in imports.items():
		for other in others:
			if RANKS.get(layer_of(module)) == RANKS.get(layer_of(other)):
				found[folder_of(module), folder_of(other)].add(f"{module} → {other}")
	mutual = {
		(one, other): found[one, other] | found[other, one]
		for one, other in found
		if one < other and (other, one) in found and not other.startswith(f"{one}/")
	}
	assert not mutual
