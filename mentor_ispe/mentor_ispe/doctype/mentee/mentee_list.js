frappe.listview_settings["Mentee"] = {
	hide_name_column: true,
	add_fields: ["status", "answer_by", "mentoring_group"],
	formatters: { answer_by: (...args) => mentor_ispe.applications.answer_by(...args) },
	onload(listview) {
		mentor_ispe.applications.add_list_actions(listview);
		mentor_ispe.applications.add_waiting_filter(listview, ["mentoring_group", "is", "not set"]);
	},
};
