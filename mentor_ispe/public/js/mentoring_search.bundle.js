// The search bar of the Desk finds people and groups by a part of their name or address, and shows it.
// services/desk/record_search.py finds them; Frappe's own search would show the names of records.

const AT_MOST = 5;
const SHORTEST = 2;

const escape = (text) => frappe.utils.escape_html(text);

function show_titles() {
	const { utils } = frappe.search;
	const find = utils.get_global_results.bind(utils);
	utils.get_global_results = async (...asked) => {
		const sets = await find(...asked);
		for (const { title: doctype, results } of sets) {
			for (const result of results) {
				const title = frappe.utils.get_link_title(doctype, result.value);
				if (title) result.label = escape(title);
			}
		}
		return sets;
	};
}

// A hit as Frappe's search bar takes its options; "Search for" stays first.
function option({ doctype, name, title, details }) {
	return {
		label: `<b>${escape(title)}</b> <span class="text-muted">${escape(__(doctype))}</span>`,
		description: escape(details),
		value: `${doctype} ${name}`,
		match: title,
		index: 99,
		route: ["Form", doctype, name],
	};
}

async function add_hits(input) {
	const text = input.value.trim();
	if (text.length < SHORTEST || text.startsWith("#") || !input.awesomplete) return;
	const { message: hits } = await frappe.call({
		method: "frappe.utils.global_search.search",
		args: { text, limit: AT_MOST },
		type: "GET",
	});
	// The list was made anew for whatever was typed meanwhile.
	if (input.value.trim() !== text) return;
	const ours = (hits || []).filter((hit) => hit.details !== undefined).map(option);
	const routes = new Set(ours.map(({ route }) => route.join("/")));
	const others = input.awesomplete._list.filter(({ route }) => !route || !routes.has([].concat(route).join("/")));
	if (ours.length) input.awesomplete.list = [...ours, ...others];
}

$(document).on("app_ready", () => {
	if (!frappe.model.can_read("Mentoring Profile")) return;
	show_titles();
	const later = frappe.utils.debounce(add_hits, 300);
	$(document).on("input", "#navbar-search", ({ target }) => later(target));
});
