{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Guest Speakers Asked For"] = mentor_ispe.reports.settings((asked) => [
	asked.by([
		["Topic", __("Topic")],
		["Program", __("Program")],
		["Cycle", __("Cycle")],
	]),
	asked.program(),
	asked.cycle(),
	asked.day("from_date", __("Asked from")),
	asked.day("to_date", __("Asked until")),
]);
