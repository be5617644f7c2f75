// The search bar of the Desk finds people and groups by a part of their name or address, see
// services/desk/record_search.py. And where Frappe shows the name of a record, in what it found and in the path
// above a form, titles stand in its place: our names say nothing.

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

function show_title_above_forms() {
	const { breadcrumbs } = frappe;
	const set = breadcrumbs.set_form_breadcrumb;
	breadcrumbs.set_form_breadcrumb = function (crumbs, view) {
		set.call(this, crumbs, view);
		const [, doctype, ...name] = frappe.get_route();
		const { title_field, module } = frappe.get_meta(doctype) || {};
		const doc = frappe.get_doc(doctype, name.join("/"));
		if (module !== "Mentor ISPE" || !doc?.[title_field] || doc.__islocal) return;
		const title = frappe.utils.get_link_title(doctype, doc[title_field]) || doc[title_field];
		this.$breadcrumbs.find("li a").last().text(title);
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
	show_title_above_forms();
	const later = frappe.utils.debounce(add_hits, 300);
	$(document).on("input", "#navbar-search", ({ target }) => later(target));
});
