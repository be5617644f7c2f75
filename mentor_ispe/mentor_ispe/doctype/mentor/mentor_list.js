frappe.listview_settings["Mentor"] = {
	hide_name_column: true,
	add_fields: ["status", "answer_by", "seats_taken"],
	formatters: { answer_by: (...args) => mentor_ispe.applications.answer_by(...args) },
	onload(listview) {
		mentor_ispe.applications.add_list_actions(listview);
		mentor_ispe.applications.add_waiting_filter(listview, ["seats_taken", "=", 0]);
	},
};
