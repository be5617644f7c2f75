frappe.listview_settings["Mentoring Private Answer"] = {
	hide_name_column: true,
	formatters: { kind: (value) => __(value) },
	add_fields: ["going", "kind"],

	get_indicator(doc) {
		if (!doc.going) return [__(doc.kind), "gray", `kind,=,${doc.kind}`];
		const color = { "On Track": "green", "Needs Attention": "orange", "Not Working": "red" }[doc.going];
		return [__(doc.going), color, `going,=,${doc.going}`];
	},
};
