frappe.listview_settings["Mentoring Match Proposal"] = {
	hide_name_column: true,
};
