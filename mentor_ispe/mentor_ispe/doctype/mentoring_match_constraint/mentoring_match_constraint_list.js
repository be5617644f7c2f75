frappe.listview_settings["Mentoring Match Constraint"] = {
	hide_name_column: true,
	formatters: { kind: (value) => __(value) },
};
