frappe.listview_settings["Mentoring Note Opening"] = {
	hide_name_column: true,
};
