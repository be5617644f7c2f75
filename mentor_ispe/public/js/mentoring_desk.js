// What the forms and lists of the app share: calling the coordinators' API and asking for words.
frappe.provide("mentor_ispe");

mentor_ispe.is_coordinator = () => frappe.user.has_role(["Mentoring Coordinator", "System Manager"]);

// A field that is left makes the label of Save anew, and a click that began on the old label is lost: the first
// press after typing did nothing. So it is the button itself that is clicked.
frappe.dom.set_style(".page-actions .primary-action > * { pointer-events: none; }", "mentoring-primary-action");

// What the server refused, it has said on screen: whoever doesn't catch it needn't.
mentor_ispe.Refused ||= class extends Error {};
if (!mentor_ispe.leaves_refusals) {
	mentor_ispe.leaves_refusals = (event) => event.reason instanceof mentor_ispe.Refused && event.preventDefault();
	window.addEventListener("unhandledrejection", mentor_ispe.leaves_refusals);
}

// `method` is one of api/coordinator.py, or with a dot one of another file of the API: "support.announce".
mentor_ispe.call = async (method, args) => {
	const path = `mentor_ispe.api.${method.includes(".") ? method : `coordinator.${method}`}`;
	try {
		return (await frappe.call({ method: path, args, freeze: true })).message;
	} catch (refused) {
		throw refused instanceof Error ? refused : new mentor_ispe.Refused(path);
	}
};

// Save what was typed, let the server act, and show the document as it is then.
mentor_ispe.act = async (frm, method, args, done) => {
	if (frm.is_dirty()) await frm.save();
	const result = await mentor_ispe.call(method, args);
	await frm.reload_doc();
	if (done) frappe.show_alert({ message: done, indicator: "green" });
	return result;
};

// `step` makes of the words what the server is asked to do, so that the dialog says whom it mails.
mentor_ispe.ask_for_words = ({ title, label, description, required, action, step }, then) => {
	const fields = [
		{ fieldname: "words", fieldtype: "Small Text", label, description, reqd: required ? 1 : 0 },
	];
	if (step) {
		const asked = ({ words }) => step(words || "");
		return mentor_ispe.ask_before({ title, action, fields, step: asked }, ({ words }) => then(words || ""));
	}
	const dialog = new frappe.ui.Dialog({
		title,
		fields,
		primary_action_label: action,
		primary_action({ words }) {
			dialog.hide();
			then(words || "");
		},
	});
	dialog.show();
	return dialog;
};

mentor_ispe.names = (people) => {
	if (people.length < 2) return people.join("");
	return __("{0} and {1}", [people.slice(0, -1).join(", "), people[people.length - 1]]);
};

// A file of people, applications or memberships: from the list that it fills.
mentor_ispe.offer_import = (listview, values) => {
	if (!mentor_ispe.is_coordinator()) return;
	listview.page.add_inner_button(__("Import file"), () => frappe.new_doc("Mentoring Import", values));
};

// Frappe shows every user of a record by the record's own full_name, which is the member's here.
if (!frappe.form.link_formatters.User?.mentoring) {
	const by_full_name = frappe.form.link_formatters.User;
	frappe.form.link_formatters.User = (value, doc, docfield) =>
		/^(Mentor|Mentee|Mentoring .*)$/.test(doc?.doctype)
			? frappe.user_info(value).fullname || value
			: by_full_name(value, doc, docfield);
	frappe.form.link_formatters.User.mentoring = true;
}

// On a laptop's screen Frappe shows four columns of a list, and would leave out the one that matters: a meeting's day,
// the day that feedback is due.
mentor_ispe.show_all_columns = (listview) => {
	if (window.innerWidth > 1366 || listview.list_view_settings.total_fields) return;
	listview.list_view_settings.total_fields = 6;
	listview.setup_columns();
	listview.render_header(true);
};
