frappe.listview_settings["Mentoring Erasure"] = {
	hide_name_column: true,
	formatters: { asked_by: (value) => __(value) },
};
