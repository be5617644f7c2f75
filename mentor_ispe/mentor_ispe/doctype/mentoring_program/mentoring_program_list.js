frappe.listview_settings["Mentoring Program"] = {
	hide_name_column: true,
	add_fields: ["status"],
	onload(list) {
		if (!mentor_ispe.is_coordinator()) return;
		list.page.add_inner_button(__("New from template"), mentor_ispe.starting_points.new_program);
	},
};
