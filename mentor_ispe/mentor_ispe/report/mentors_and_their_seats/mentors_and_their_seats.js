{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentors and Their Seats"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.check("free_only", __("With a free seat"), 1),
	asked.shown(),
]);
