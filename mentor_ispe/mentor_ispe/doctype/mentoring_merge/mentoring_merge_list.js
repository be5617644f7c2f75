frappe.listview_settings["Mentoring Merge"] = {
	hide_name_column: true,
};
