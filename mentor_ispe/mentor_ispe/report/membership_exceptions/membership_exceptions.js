{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Membership Exceptions"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.select("state", __("Standing"), [["Lapsed", __("Lapsed")], ["Never", __("Never")], ["Unknown", __("Unknown")], ["Grace", __("Grace")]]),
	asked.shown(),
]);
