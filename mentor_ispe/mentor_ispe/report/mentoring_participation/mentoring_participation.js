{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Participation"] = mentor_ispe.reports.settings((asked) => [
	asked.by([
		["Chapter", __("Chapter")],
		["Country", __("Country")],
		["Industry", __("Industry")],
		["Career Stage", __("Career stage")],
		["Program", __("Program")],
		["Year", __("Year")],
	]),
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.select("who", __("Who"), [["", __("Takes part")], ["Applied", __("Applied")]]),
]);
