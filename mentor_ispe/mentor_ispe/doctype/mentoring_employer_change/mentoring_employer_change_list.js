frappe.listview_settings["Mentoring Employer Change"] = {
	hide_name_column: true,
};
