frappe.listview_settings["Mentoring Retention"] = {
	hide_name_column: true,
	formatters: { kind: (value) => __(value) },
};
