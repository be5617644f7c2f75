// A list that the workspace opened is one look at what it counted: Frappe would open that list so from then on, also
// when nothing of it is left. It is remembered once somebody changes the filters there.
const looks = {};
const from_workspace = () => frappe.get_prev_route()?.[0] === "Workspaces";

const remember = frappe.views.ListView.prototype.save_view_user_settings;
frappe.views.ListView.prototype.save_view_user_settings = function ({ filters, ...settings }) {
	const visit = frappe.route_history.length;
	const asked = JSON.stringify(filters);
	if (from_workspace() && looks[this.doctype]?.visit !== visit) looks[this.doctype] = { visit, asked };
	const passing = looks[this.doctype]?.asked === asked;
	return remember.call(this, passing ? settings : { filters, ...settings });
};
