frappe.listview_settings["Mentoring Login Move"] = {
	hide_name_column: true,
};
