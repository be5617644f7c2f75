frappe.listview_settings["Mentoring Agreement Acceptance"] = {
	hide_name_column: true,
};
