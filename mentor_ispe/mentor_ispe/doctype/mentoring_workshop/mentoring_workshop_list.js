frappe.listview_settings["Mentoring Workshop"] = {
	hide_name_column: true,
	add_fields: ["status"],
	onload: (listview) => mentor_ispe.mailings.add_to_list(listview),
};
