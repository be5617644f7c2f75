"""What can be asked of the app over HTTP, as OpenAPI 3.1 says it: made of the endpoints, so it can't be out of date."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import inspect
import json
from typing import Any, get_type_hints

import frappe
from pydantic import TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError
from werkzeug.wrappers import Response

from mentor_ispe import __version__
from mentor_ispe.api import inputs
from mentor_ispe.api.endpoint import READS, Endpoint, endpoint, every_endpoint
from mentor_ispe.permissions.gate import GUEST, SIGNED_IN, Audience

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
REFUSALS = {
	"403": "Not for this person: nothing was done.",
	"417": "A value can't be used, or a rule of the program is against it: nothing was done.",
	"429": "Too often in this hour.",
}
REFUSAL = {
	"type": "object",
	"properties": {
		"exc_type": {"type": "string"},
		"_server_messages": {
			"type": "string",
			"contentMediaType": JSON,
			"description": "A list of JSON texts; `message` of each is what a person is told.",
		},
	},
}
Schemas = dict[str, Any]


@endpoint(SIGNED_IN, methods=READS)
def openapi() -> Response:
	"""This description, of the endpoints that are for whoever asks."""
	return Response(json.dumps(describe(_open_to_user())), content_type=JSON)


def describe(endpoints: dict[str, Endpoint]) -> dict[str, Any]:
	"""An OpenAPI document of these endpoints."""
	schemas = {"Refusal": REFUSAL}
	paths = {f"/api/method/{name}": _path(name, each, schemas) for name, each in sorted(endpoints.items())}
	return {
		"openapi": "3.1.0",
		"info": {
			"title": "Mentor ISPE",
			"version": __version__,
			"description": "Every answer is JSON with the result in `message`, unless it is a file or a page.",
		},
		"servers": [{"url": frappe.utils.get_url()}],
		"paths": paths,
		"components": {
			"securitySchemes": {
				"key": {"type": "apiKey", "in": "header", "name": "Authorization"},
				"session": {"type": "apiKey", "in": "cookie", "name": "sid"},
			},
			"schemas": schemas,
			"responses": {
				status: {
					"description": words,
					"content": {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
				}
				for status, words in REFUSALS.items()
			},
		},
	}


def _open_to_user() -> dict[str, Endpoint]:
	let_in: dict[Audience, bool] = {}
	for each in every_endpoint().values():
		if each.audience not in let_in:
			let_in[each.audience] = _lets_in(each.audience)
	return {name: each for name, each in every_endpoint().items() if let_in[each.audience]}


def _lets_in(audience: Audience) -> bool:
	try:
		audience.check()
	except (frappe.PermissionError, frappe.ValidationError):
		frappe.clear_messages()
		return False
	return True


def _path(name: str, each: Endpoint, schemas: Schemas) -> dict[str, Any]:
	return {method.lower(): _operation(name, method, each, schemas) for method in each.methods}


def _operation(name: str, method: str, each: Endpoint, schemas: Schemas) -> dict[str, Any]:
	words = inspect.getdoc(each.function) or ""
	statuses = [status for status in REFUSALS if status != "429" or each.audience.limited]
	return {
		"operationId": f"{method.lower()} {name}",
		"tags": [name.rpartition(".")[0].removeprefix("mentor_ispe.api.")],
		"summary": words.partition("\n")[0],
		"description": f"{words}\n\nFor {each.audience.name}.",
		"security": [{}] if each.audience is GUEST else [{"key": []}, {"session": []}],
		**_asked(each, method, schemas),
		"responses": {
			**_answered(each, schemas),
			**({"302": {"description": "To a page, for the form of one."}} if each.form else {}),
			**{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
		},
	}


def _asked(each: Endpoint, method: str, schemas: Schemas) -> dict[str, Any]:
	"""The parameters: in the address, lists and objects as JSON; of a POST in the body."""
	fields: dict[str, Any] = {}
	required: list[str] = []
	asked = inputs.parameters(each.function)
	for name, parameter in asked.items():
		fields[name] = _schema(parameter.adapter, schemas)
		if parameter.required:
			required.append(name)
	if method != "POST":
		return {
			"parameters": [
				{
					"name": name,
					"in": "query",
					"required": name in required,
					**(
						{"content": {JSON: {"schema": schema}}}
						if asked[name].structured
						else {"schema": schema}
					),
				}
				for name, schema in fields.items()
			]
		}
	body = {"type": "object", "properties": fields, **({"required": required} if required else {})}
	return {
		"requestBody": {
			"required": bool(required),
			"content": {kind: {"schema": body} for kind in (JSON, FORM)},
		}
	}


def _schema(adapter: TypeAdapter, schemas: Schemas) -> dict[str, Any]:
	"""The schema of a type; those that it refers to go to `schemas`."""
	found = adapter.json_schema(ref_template="#/components/schemas/{model}")
	schemas |= found.pop("$defs", {})
	return found


def _answered(each: Endpoint, schemas: Schemas) -> dict[str, Any]:
	try:
		result = _schema(TypeAdapter(get_type_hints(each.function)["return"]), schemas)
	except (PydanticSchemaGenerationError, PydanticInvalidForJsonSchema):
		return {"200": {"description": "A file."}}
	if result == {"type": "null"}:
		return {"200": {"description": "A file."}}
	schema = {"type": "object", "properties": {"message": result}}
	return {"200": {"description": "Done.", "content": {JSON: {"schema": schema}}}}
