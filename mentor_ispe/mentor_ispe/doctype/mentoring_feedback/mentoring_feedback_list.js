frappe.listview_settings["Mentoring Feedback"] = {
	hide_name_column: true,
	add_fields: ["kind"],

	get_indicator(doc) {
		return [__(doc.kind), "gray", `kind,=,${doc.kind}`];
	},
};
