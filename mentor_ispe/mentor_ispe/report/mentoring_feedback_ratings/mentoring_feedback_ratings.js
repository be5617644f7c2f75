{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Feedback Ratings"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.months_from(),
	asked.months_until(),
	asked.select("kind", __("Kind"), [["Session", __("Session")], ["Check-in", __("Check-in")], ["Group Update", __("Group Update")], ["Closing", __("Closing")], ["Program", __("Program")]]),
]);
