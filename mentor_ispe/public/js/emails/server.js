// What the page asks of the server.

const METHOD = "mentor_ispe.api.mails";

export const ask = (method, args, options = {}) =>
	frappe
		.call({ method: `${METHOD}.${method}`, args, ...options })
		.then((response) => response.message);

// Something that changes; the page waits for it. Null when it was refused: Frappe has said so then.
export const change = (method, args) => ask(method, args, { freeze: true }).catch(() => null);

// Without Frappe's dialog: what is refused is said beside the text that one is writing. {answer} or {refused}.
export async function try_out(method, args) {
	const response = await fetch(`/api/method/${METHOD}.${method}`, {
		method: "POST",
		headers: { "Content-Type": "application/json", Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
		body: JSON.stringify(args),
	});
	const said = await response.json().catch(() => ({}));
	if (response.ok) return { answer: said.message };
	const messages = JSON.parse(said._server_messages || "[]").map((each) => JSON.parse(each).message);
	return { refused: messages.length ? messages : [__("The preview couldn't be made. Reload the page and try again.")] };
}
