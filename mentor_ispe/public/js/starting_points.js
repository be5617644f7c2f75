// A new program or agreement from a template: chosen in a dialog, filled into the form, saved by the coordinator.
frappe.provide("mentor_ispe.starting_points");

const ask_for_templates = (method, args, type = "GET") =>
	frappe.xcall(`mentor_ispe.api.starting_points.${method}`, args, type, { freeze: true });

// One of `items`, each with a title and words that say what it is.
function choose_template(title, items, words, then) {
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [
			{
				fieldname: "item",
				fieldtype: "Select",
				label: __("Template"),
				options: items.map((item, index) => ({ value: String(index), label: item.title })),
				default: "0",
				reqd: 1,
				change: () => describe(),
			},
			{ fieldname: "words", fieldtype: "HTML" },
		],
		primary_action_label: __("Use template"),
		primary_action({ item }) {
			dialog.hide();
			then(items[cint(item)]);
		},
	});
	function describe() {
		dialog.get_field("words").$wrapper.html(words(items[cint(dialog.get_value("item"))] || items[0]));
	}
	dialog.show();
	describe();
	return dialog;
}

mentor_ispe.starting_points.choose_program = async (then) => {
	const words = (item) => `<p><strong>${__(item.format)}</strong> · ${__("{0} months", [item.length_months])}</p>
		<p>${frappe.utils.escape_html(item.summary || "")}</p>
		<p class="text-muted small">${__("You can review everything in the form before saving.")}</p>`;
	choose_template(__("Start from template"), await ask_for_templates("program_templates"), words, async (item) => {
		const template = { template: item.key };
		const values = await ask_for_templates("program_template", template);
		then({ ...values, agreements: await ask_for_templates("bring_agreements", template, "POST") });
	});
};

// The format first: the form fills in what usually holds for it, and the template knows better.
mentor_ispe.starting_points.fill_program = async (frm, { format, ...values }) => {
	await frm.set_value("format", format);
	for (const [field, value] of Object.entries(values)) {
		if (!Array.isArray(value)) {
			await frm.set_value(field, value === true ? 1 : value === false ? 0 : value);
			continue;
		}
		frm.clear_table(field);
		for (const { title, status, ...row } of value) frm.add_child(field, { ...row, is_hard: row.is_hard ? 1 : 0 });
		frm.refresh_field(field);
	}
	frm.set_intro(__("Filled in from a template. Name the program, change what you need, and save."), "blue");
	const drafts = (values.agreements || []).filter(({ status }) => status === "Draft");
	if (drafts.length) {
		const link = ({ agreement, title }) => frappe.utils.get_form_link("Mentoring Agreement", agreement, true, title);
		frm.set_intro(__("Its agreements are drafts: {0}. Review and publish them before you publish the program.", [
			drafts.map(link).join(", "),
		]), "orange");
	}
	frm.scroll_to_field("program_name");
};

mentor_ispe.starting_points.new_program = () =>
	mentor_ispe.starting_points.choose_program((values) => {
		frappe.route_hooks = { after_load: (frm) => mentor_ispe.starting_points.fill_program(frm, values) };
		frappe.new_doc("Mentoring Program");
	});

mentor_ispe.starting_points.offer = (frm) => {
	if (!frm.is_new() || !mentor_ispe.is_coordinator()) return;
	frm.add_custom_button(__("Start from template"), () => {
		if (frm.doctype === "Mentoring Program") {
			mentor_ispe.starting_points.choose_program((values) =>
				mentor_ispe.starting_points.fill_program(frm, values)
			);
		} else {
			choose_agreement(frm);
		}
	});
};

async function choose_agreement(frm) {
	const words = (item) => item.text;
	choose_template(__("Start from template"), await ask_for_templates("agreement_templates"), words, ({ title, text }) =>
		frm.set_value({ title, text })
	);
}
