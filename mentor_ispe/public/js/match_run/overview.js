// What the result looks like from afar: scores, criteria, fairness, and what would place more.
import { bar, html, link, number, percent } from "./html.js";
import { counts } from "./rows.js";

const SHOWN = 8; // lines of a fairness table before "show all"
const FEW = 3; // of fewer people no share is remarkable

export function overview(figures) {
	return html`<div class="match-columns">${[scores(figures), criteria(figures)]}</div>`;
}

function scores({ summary, matched, total_score }) {
	if (!(summary.distribution || []).length) return "";
	const lowest = summary.distribution[0][0];
	const highest = summary.distribution[summary.distribution.length - 1][1];
	const words = __("Scores from {0} to {1} out of 1,000, {2} on average", [
		number(lowest), number(highest), number(total_score / matched),
	]);
	return html`<section class="match-card" aria-labelledby="match-scores-title">
		<h4 id="match-scores-title">${__("Match quality")}</h4>
		<div class="match-chart" role="img" aria-label="${words}"></div>
		<p class="text-muted">${words}</p>
	</section>`;
}

// The chart, to be destroyed before it is drawn anew; null without scores.
export function draw_scores(root, { summary }) {
	const place = root.querySelector(".match-chart");
	if (!place) return null;
	return new frappe.Chart(place, {
		type: "bar",
		height: 190,
		colors: ["#4c9ee8"],
		animate: false,
		showLegend: false,
		disableEntryAnimation: true, // a redraw amid it fails, and the page changes its width as it fills
		truncateLegends: true,
		axisOptions: { xAxisMode: "tick", xIsSeries: true, shortenYAxisNumbers: true },
		barOptions: { spaceRatio: 0.25 },
		tooltipOptions: {
			formatTooltipX: (from) => __("Score from {0} to {1}", [from, Number(from) + step_of(summary.distribution) - 1]),
		},
		data: {
			labels: summary.distribution.map(([from]) => String(from)),
			datasets: [{ name: __("Matches"), values: summary.distribution.map((line) => line[2]) }],
		},
	});
}

const step_of = ([first]) => first[1] - first[0];

function criteria({ summary }) {
	const lines = Object.entries(summary.contributions || {}).filter(([name, { points }]) => counts(name, points));
	if (!lines.length) return "";
	const row = ([name, { points, share }]) => html`<tr>
		<th scope="row">${__(name)}</th>
		<td class="match-cell-bar">${bar(share)}</td>
		<td class="match-number">${percent(share)}</td>
		<td class="match-number text-muted">${number(points)}</td>
	</tr>`;
	return html`<section class="match-card" aria-labelledby="match-criteria-title">
		<h4 id="match-criteria-title">${__("How each criterion contributed")}</h4>
		<table class="match-table">
			<thead><tr>
				<th scope="col">${__("Criterion")}</th>
				<th scope="col" class="match-cell-bar" colspan="2">${__("Share of possible points")}</th>
				<th scope="col" class="match-number">${__("Points")}</th>
			</tr></thead>
			<tbody>${lines.map(row)}</tbody>
		</table>
	</section>`;
}

// A few of the names.
const some = (people) =>
	people.slice(0, 4).join(", ") + (people.length > 4 ? " " + __("and {0} more", [people.length - 4]) : "");

export function notes({ suggestions, warnings, left_out, status }) {
	const cards = [];
	if (warnings.length) cards.push(list_card("warnings", __("Points to review"), warnings.map((words) => html`${words}`)));
	if (suggestions.length && status !== "Published") {
		const line = ({ text, people, params }) =>
			html`${text} <span class="text-muted">${people.length < params.unmatched && some(people)}</span>`;
		cards.push(list_card("suggestions", __("Ways to match more people"), suggestions.map(line)));
	}
	if (left_out.length) {
		const line = ({ doctype, name, full_name, reason }) =>
			html`${link(doctype, name, full_name)} <span class="text-muted">(${__(doctype)})</span>: ${reason}`;
		cards.push(list_card("left-out", __("Excluded before the run ({0})", [left_out.length]), left_out.map(line)));
	}
	return cards.length ? html`<div class="match-columns">${cards}</div>` : "";
}

const list_card = (name, title, lines) => html`<section class="match-card" aria-labelledby="match-${name}-title">
	<h4 id="match-${name}-title">${title}</h4>
	<ul class="match-list">${lines.slice(0, SHOWN).map((line) => html`<li>${line}</li>`)}</ul>
	${lines.length > SHOWN &&
		html`<details><summary>${__("Show {0} more", [lines.length - SHOWN])}</summary>
			<ul class="match-list">${lines.slice(SHOWN).map((line) => html`<li>${line}</li>`)}</ul>
		</details>`}
</section>`;

export function fairness({ summary, matched, mentees_in }) {
	const views = [
		["country", __("By country"), __("Country")],
		["career_stage", __("By career stage"), __("Career stage")],
		["chapter", __("By chapter"), __("Chapter")],
	];
	const overall = mentees_in ? matched / mentees_in : 0;
	const tables = views
		.map(([view, title, head]) => [(summary.fairness || {})[view] || [], title, head])
		.filter(([rows]) => rows.some((row) => row.value))
		.map(([rows, title, head]) => fairness_card(rows, title, head, overall));
	if (!tables.length) return "";
	return html`<section aria-labelledby="match-fairness-title">
		<h3 id="match-fairness-title" class="match-title">${__("Results by group of people")}</h3>
		<p class="text-muted">${__("{0} of all people are matched. Groups well below that are marked.", [percent(overall)])}</p>
		<div class="match-columns match-columns-3">${tables}</div>
	</section>`;
}

function fairness_card(rows, title, head, overall) {
	const sorted = [...rows].sort((one, two) => two.people - one.people);
	const row = (line, index) => {
		const share = line.matched / line.people;
		const is_low = line.people >= FEW && share < overall - 0.15;
		return html`<tr ${index >= SHOWN && "hidden"}>
			<th scope="row">${line.value ? __(line.value) : __("Not given")}
				${is_low && html`<span class="match-low">${__("lower")}</span>`}</th>
			<td class="match-cell-bar">${bar(share, is_low ? "match-bar-low" : "")}</td>
			<td class="match-number">${__("{0} of {1}", [line.matched, line.people])}</td>
			<td class="match-number">${line.mean_score === null ? "–" : number(line.mean_score)}</td>
		</tr>`;
	};
	return html`<div class="match-card">
		<table class="match-table">
			<caption>${title}</caption>
			<thead><tr>
				<th scope="col">${head}</th>
				<th scope="col" colspan="2">${__("Matched")}</th>
				<th scope="col" class="match-number">${__("Mean score")}</th>
			</tr></thead>
			<tbody>${sorted.map(row)}</tbody>
		</table>
		${sorted.length > SHOWN &&
			html`<button class="btn btn-link btn-xs" data-act="show-all">${__("Show {0} more", [sorted.length - SHOWN])}</button>`}
	</div>`;
}
