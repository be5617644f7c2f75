frappe.listview_settings["Mentoring Import Row"] = {
	hide_name_column: true,
};
