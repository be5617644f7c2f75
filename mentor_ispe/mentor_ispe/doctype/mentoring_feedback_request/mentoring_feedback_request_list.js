frappe.listview_settings["Mentoring Feedback Request"] = {
	hide_name_column: true,
	add_fields: ["status", "due_on", "reminders"],

	get_indicator(doc) {
		if (doc.status === "Open" && doc.due_on < frappe.datetime.get_today()) {
			const filter = `status,=,Open|due_on,<,${frappe.datetime.get_today()}`;
			return [__("Overdue, reminded {0} times", [cint(doc.reminders)]), "red", filter];
		}
		const color = { Open: "orange", Given: "green", Missed: "red", Waived: "gray" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},

	onload(listview) {
		listview.page.add_inner_button(__("Overdue"), () => {
			listview.filter_area.clear().then(() =>
				listview.filter_area.add([
					["Mentoring Feedback Request", "status", "=", "Open"],
					["Mentoring Feedback Request", "due_on", "<", frappe.datetime.get_today()],
				])
			);
		});
		listview.page.add_inner_button(__("Missed"), () => {
			listview.filter_area
				.clear()
				.then(() => listview.filter_area.add([["Mentoring Feedback Request", "status", "=", "Missed"]]));
		});
		mentor_ispe.mailings.add_to_list(listview);
		if (!mentor_ispe.is_coordinator()) return;
		mentor_ispe.bulk.add(listview, __("Remind"), "remind_feedback");
		mentor_ispe.bulk.add(listview, __("Waive"), "waive_feedback");
	},
};
