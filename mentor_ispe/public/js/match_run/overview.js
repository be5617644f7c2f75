// What the result looks like from afar: scores, criteria, fairness, and what would place more.
import { bar, exact_percent, has_scores, html, link, match_percent, percent } from "./html.js";

const SHOWN = 8; // lines of a fairness table before "show all"
const FEW = 3; // of fewer people no share is remarkable

export function overview(figures) {
	return html`<div class="match-columns">${[scores(figures), criteria(figures)]}</div>`;
}

function scores({ summary, average, lowest, highest }) {
	if (!has_scores(summary) || !(summary.distribution || []).length) return "";
	const words = __("Scores from {0} to {1}, {2} on average. 100 % meets everything that counts in this run.", [
		match_percent(lowest), match_percent(highest), match_percent(average),
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
			formatTooltipX: (from) => __("Score from {0} to {1} %", [from, Number(from) + step_of(summary.distribution) / 10]),
		},
		data: {
			labels: summary.distribution.map(([from]) => String(from / 10)),
			datasets: [{ name: __("Matches"), values: summary.distribution.map((line) => line[2]) }],
		},
	});
}

const step_of = ([first]) => first[1] - first[0];

function criteria({ summary, matched }) {
	if (!matched) return "";
	const full_points = summary.full_points || {};
	const lines = Object.entries(summary.contributions || {}).filter(([name]) => full_points[name]);
	if (!lines.length) return "";
	const row = ([name, { share }]) => html`<tr>
		<th scope="row">${__(name)}</th>
		<td class="match-cell-bar">${bar(share)}</td>
		<td class="match-number">${percent(share)}</td>
		<td class="match-number text-muted">${__("{0} %", [exact_percent(full_points[name])])}</td>
	</tr>`;
	return html`<section class="match-card" aria-labelledby="match-criteria-title">
		<h4 id="match-criteria-title">${__("How each criterion contributed")}</h4>
		<table class="match-table">
			<thead><tr>
				<th scope="col">${__("Criterion")}</th>
				<th scope="col" class="match-cell-bar" colspan="2">${__("Met on average")}</th>
				<th scope="col" class="match-number">${__("Counts for")}</th>
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
		cards.push(suggestions_card(suggestions));
	}
	if (left_out.length) {
		const line = ({ doctype, name, full_name, reason }) =>
			html`${link(doctype, name, full_name)} <span class="text-muted">(${__(doctype)})</span>: ${reason}`;
		cards.push(list_card("left-out", __("Excluded before the run ({0})", [left_out.length]), left_out.map(line)));
	}
	return cards.length ? html`<div class="match-columns">${cards}</div>` : "";
}

// What to do, under the verb it needs; the server chose the few that help most.
function suggestions_card(suggestions) {
	const titles = {
		invite: __("Invite more people"),
		ask: __("Ask people who are here"),
		settings: __("Change the rules of this run"),
	};
	const line = ({ text, people, params }) =>
		html`<li>${text} <span class="text-muted">${people.length < params.unmatched && some(people)}</span></li>`;
	const groups = Object.entries(titles)
		.map(([todo, title]) => [title, suggestions.filter((one) => one.todo === todo)])
		.filter(([, lines]) => lines.length);
	return html`<section class="match-card" aria-labelledby="match-suggestions-title">
		<h4 id="match-suggestions-title">${__("Ways to match more people")}</h4>
		${groups.map(([title, lines]) => html`<h5>${title}</h5><ul class="match-list">${lines.map(line)}</ul>`)}
	</section>`;
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
			<td class="match-number">${line.mean_score === null ? "–" : match_percent(line.mean_score)}</td>
		</tr>`;
	};
	return html`<div class="match-card">
		<table class="match-table">
			<caption>${title}</caption>
			<thead><tr>
				<th scope="col">${head}</th>
				<th scope="col" colspan="2">${__("Matched")}</th>
				<th scope="col" class="match-number">${__("Average match")}</th>
			</tr></thead>
			<tbody>${sorted.map(row)}</tbody>
		</table>
		${sorted.length > SHOWN &&
			html`<button class="btn btn-link btn-xs" data-act="show-all">${__("Show {0} more", [sorted.length - SHOWN])}</button>`}
	</div>`;
}
