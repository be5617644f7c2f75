"""Help for sources that read the site's own tables."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.query_builder.functions import Lower
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Field, Term

# MariaDB turns a list of 1,000 values and more into a temporary table and takes a second for it, where
# reading all of 20,000 rows takes a third of that (benchmarks/membership); so nothing beyond this is sent.
LONG_LIST = 900


def folded(field: Field) -> Term:
	"""The field as it is compared with lower-case text; MariaDB compares without case by itself."""
	return field if frappe.db.db_type == "mariadb" else Lower(field)


def any_case(field: Field, values: Collection[str]) -> Criterion:
	"""Whether the field has one of the values, in whatever letters; MariaDB compares so by itself."""
	if frappe.db.db_type == "mariadb":
		return field.isin(list(values))
	return field.isin(list(values)) | Lower(field).isin([value.lower() for value in values])


def narrow(query: QueryBuilder, *choices: tuple[Term, Collection[str]]) -> QueryBuilder | None:
	"""Keep the rows where a field has one of its values, for any of the (field, values) choices.

	With very many values the query is left as it is, so the caller picks the rows itself in any case.
	None when there are no values at all, so nothing to ask.
	"""
	given = [(field, list(values)) for field, values in choices if values]
	if not given:
		return None
	if sum(len(values) for _field, values in given) > LONG_LIST:
		return query
	return query.where(Criterion.any([field.isin(values) for field, values in given]))
