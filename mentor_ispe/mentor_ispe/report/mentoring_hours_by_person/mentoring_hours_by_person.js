{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Hours by Person"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.check("short_only", __("Short of hours"), 1),
	asked.shown(),
]);
