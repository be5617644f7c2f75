{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Success Stories"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.day("from_date", __("Given from")),
	asked.day("to_date", __("Given until")),
	asked.shown(),
]);
