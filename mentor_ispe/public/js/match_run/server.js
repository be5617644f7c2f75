// What the page asks of the server.

const call = (method, args, options = {}) =>
	frappe
		.call({ method: `mentor_ispe.api.matching.${method}`, args, ...options })
		.then((response) => response.message);

export const read = (method, args) => call(method, args, { type: "GET" });

// Something that changes; the page waits for it. Null when a rule refused it: Frappe has said so then.
export const change = (method, args) => call(method, args, { freeze: true }).catch(() => null);

// Something that takes a moment, for which the page waits. Null when a rule refused it.
export const read_and_wait = (method, args) => call(method, args, { type: "GET", freeze: true }).catch(() => null);
