{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Feedback in Words"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.day("from_date", __("Given from")),
	asked.day("to_date", __("Given until")),
	asked.select("kind", __("Kind"), [["Session", __("Session")], ["Check-in", __("Check-in")], ["Group Update", __("Group Update")], ["Closing", __("Closing")], ["Program", __("Program")], ["Success Story", __("Success Story")]]),
	asked.select("at_most_stars", __("At most so many stars"), [["1", __("1")], ["2", __("2")], ["3", __("3")], ["4", __("4")]]),
	asked.check("with_words", __("With words"), 1),
	asked.shown(),
]);
