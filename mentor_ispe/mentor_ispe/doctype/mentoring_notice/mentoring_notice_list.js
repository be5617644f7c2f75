frappe.listview_settings["Mentoring Notice"] = {
	hide_name_column: true,
};
