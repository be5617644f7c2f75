{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentees Waiting"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.check("overdue", __("Past the promised day"), 0),
	asked.shown(),
]);
