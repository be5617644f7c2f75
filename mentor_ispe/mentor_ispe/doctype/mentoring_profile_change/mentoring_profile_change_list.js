frappe.listview_settings["Mentoring Profile Change"] = {
	hide_name_column: true,
	filters: [["status", "=", "Open"]],
	get_indicator(doc) {
		const colors = { Open: "orange", "Taken Over": "green" };
		return [__(doc.status), colors[doc.status] || "gray", `status,=,${doc.status}`];
	},
	onload(list) {
		if (!mentor_ispe.is_coordinator()) return;
		list.page.add_actions_menu_item(__("Keep as it was"), async () => {
			await mentor_ispe.call("people.keep_unchanged", { changes: list.get_checked_items(true) });
			list.refresh();
		});
	},
};
