// One line for each pair, one card for each group, one line for whoever stayed alone.
import { bar, exact_percent, has_scores, html, icon, link, match_percent, share_of_full } from "./html.js";

const CHIPS = 4;

// A reason in a word or two, the sentence beside it; what goes without saying stays in the details.
export function chips(reasons) {
	const told = reasons.filter(({ short }) => short).sort((one, two) => one.rank - two.rank);
	return html`<ul class="match-chips">${told.slice(0, CHIPS).map(
		({ short, text }) => html`<li title="${text}">${short}</li>`
	)}${told.length > CHIPS && html`<li class="match-chip-more">${__("{0} more", [told.length - CHIPS])}</li>`}</ul>`;
}

// A share of the best possible match; nothing where nothing counts.
export const score = (points, summary) =>
	has_scores(summary) && html`<span class="match-score">${bar(share_of_full(points))}<span class="match-score-points">${match_percent(points)}</span></span>`;

const open_group = (name) => link("Mentoring Group", name, __("Open group"), "btn btn-default btn-xs");

// Everybody who leads: the mentor whom the run chose, then those who were added by hand.
function leaders({ mentor, mentor_name, co_mentors }, may_change) {
	const added = (one) => html`, ${link("Mentor", one.mentor, one.mentor_name)}${may_change &&
		html` <button class="btn btn-default btn-xs" data-act="remove-mentor" data-mentor="${one.mentor}"
			aria-label="${__("Remove {0}", [one.mentor_name])}">${icon("close")}</button>`}`;
	return html`${link("Mentor", mentor, mentor_name)}${(co_mentors || []).map(added)}`;
}

const may_add = ({ mentor, co_mentors }, { may_change, mentors_max }) =>
	may_change && mentor && 1 + (co_mentors || []).length < mentors_max;

function marks(row) {
	const found = [];
	if (row.pinned) found.push(html`<span class="match-mark">${icon("lock")} ${__("Pinned")}</span>`);
	if (row.by_hand) found.push(html`<span class="match-mark">${icon("edit")} ${__("Kept by hand")}</span>`);
	return found;
}

// Pairs ---------------------------------------------------------------------------------------

export function pairs_table(rows, options) {
	return html`<table class="match-table match-rows" role="table">
		<caption class="sr-only">${__("Matches, lowest score first")}</caption>
		<thead role="rowgroup"><tr role="row">
			<th scope="col" role="columnheader">${__("Mentee")}</th>
			<th scope="col" role="columnheader">${__("Mentor")}</th>
			<th scope="col" role="columnheader">${__("Score")}</th>
			<th scope="col" role="columnheader">${options.state === "Refused" ? __("Why it was rejected") : __("Why they match")}</th>
			<th scope="col" role="columnheader"><span class="sr-only">${__("Actions")}</span></th>
		</tr></thead>
		<tbody role="rowgroup">${rows.map((row) => pair(row, options))}</tbody>
	</table>`;
}

export function pair(row, options) {
	const details = `match-details-${row.name}`;
	return html`<tr role="row" data-row="${row.name}">
		<th scope="row" role="rowheader">${link("Mentee", row.mentee, row.mentee_name)}</th>
		<td role="cell"><span class="match-only-small">${__("with")} </span>${leaders(row, options.may_change)} ${marks(row)}</td>
		<td role="cell">${score(row.score, options.summary)}</td>
		<td role="cell">${row.state === "Refused" ? html`<span class="match-refusal">${row.refusal}</span>` : chips(row.reasons)}</td>
		<td role="cell" class="match-actions">
			${row.mentoring_group && open_group(row.mentoring_group)}
			<button class="btn btn-default btn-xs" data-act="details" aria-expanded="false" aria-controls="${details}"
				aria-label="${__("Details of {0}", [row.mentee_name])}">${__("Details")}</button>
			${options.may_change && menu(row, may_add(row, options))}
		</td>
	</tr>
	<tr role="row" id="${details}" class="match-details" hidden><td role="cell" colspan="5">${details_of(row, options)}</td></tr>`;
}

// What can be changed of one person; pairs and groups have the same words.
function menu(row, may_add_mentor = false) {
	const item = (act, label) => html`<button type="button" class="dropdown-item" data-act="${act}">${label}</button>`;
	return html`<div class="dropdown match-menu">
		<button class="btn btn-default btn-xs" data-toggle="dropdown" data-boundary="viewport" aria-haspopup="true" aria-expanded="false"
			aria-label="${__("Change {0}", [row.mentee_name])}">${__("Change")} ${icon("select")}</button>
		<div class="dropdown-menu dropdown-menu-right">
			${row.mentor && (row.pinned ? item("unpin", __("Unpin")) : item("pin", __("Pin: keep in every run")))}
			${row.by_hand ? item("release", __("Release: let the next run decide")) : ""}
			${item("move", __("Move or swap…"))}
			${row.in_group && !row.is_moderator && item("moderate", row.mentor ? __("Make moderator") : __("Make host"))}
			${may_add_mentor && item("add-mentor", __("Add mentor…"))}
			${item("take-out", __("Remove"))}
			${row.mentor && html`<div class="dropdown-divider"></div>${item("forbid", __("Never match…"))}`}
		</div>
	</div>`;
}

function details_of(row, { summary }) {
	const full_points = summary.full_points || {};
	const parts = Object.entries(row.parts).filter(([name]) => full_points[name]);
	const line = ([name, points]) => html`<tr>
		<th scope="row">${__(name)}</th>
		<td class="match-cell-bar">${bar(points / full_points[name])}</td>
		<td class="match-number">${__("{0} of {1} %", [exact_percent(points), exact_percent(full_points[name])])}</td>
	</tr>`;
	const whole = html`<tr>
		<th scope="row">${__("Score")}</th>
		<td class="match-cell-bar">${bar(share_of_full(row.score))}</td>
		<td class="match-number"><strong>${__("{0} %", [exact_percent(row.score)])}</strong></td>
	</tr>`;
	return html`<div class="match-detail-columns">
		<div>
			<h5>${__("Reasons")}</h5>
			<ul class="match-list">${row.reasons.map(({ text }) => html`<li>${text}</li>`)}</ul>
		</div>
		<div>
			<h5>${__("Score breakdown")}</h5>
			<table class="match-table"><caption class="sr-only">${__("Score breakdown")}</caption>
				<tbody>${parts.map(line)}${parts.length > 0 && whole}</tbody></table>
		</div>
	</div>`;
}

// Whoever stayed alone ------------------------------------------------------------------------

export function unmatched_table(rows, { may_change }) {
	const line = (row) => html`<tr role="row" data-row="${row.name}">
		<th scope="row" role="rowheader">${link("Mentee", row.mentee, row.mentee_name)} ${marks(row)}</th>
		<td role="cell">${row.reasons.length ? row.reasons.map(({ text }) => text).join(" ") : row.reason}</td>
		<td role="cell" class="match-actions">${may_change && row.by_hand
			? html`<button class="btn btn-default btn-xs" data-act="release" aria-label="${__("Release place of {0}", [
				row.mentee_name,
			])}">${__("Release place")}</button> `
			: ""}${may_change &&
			html`<button class="btn btn-default btn-xs" data-act="move" aria-label="${__("Choose a place for {0}", [
				row.mentee_name,
			])}">${__("Choose place")}</button>`}</td>
	</tr>`;
	return html`<table class="match-table match-rows match-rows-alone" role="table">
		<caption class="sr-only">${__("Unmatched people and reasons")}</caption>
		<thead role="rowgroup"><tr role="row">
			<th scope="col" role="columnheader">${__("Who")}</th>
			<th scope="col" role="columnheader">${__("Explanation shown to the member")}</th>
			<th scope="col" role="columnheader"><span class="sr-only">${__("Actions")}</span></th>
		</tr></thead>
		<tbody role="rowgroup">${rows.map(line)}</tbody>
	</table>`;
}

// Groups and circles --------------------------------------------------------------------------

export function group_cards(rows, options) {
	const groups = new Map();
	rows.forEach((row) => groups.set(row.group_key, [...(groups.get(row.group_key) || []), row]));
	return html`<div class="match-groups">${[...groups.values()].map((members) => group_card(members, options))}</div>`;
}

function group_card(members, options) {
	const { may_change, summary } = options;
	const [first] = members;
	const { mentor, mentoring_group, refusal } = first;
	const sorted = [...members].sort((one, two) => two.is_moderator - one.is_moderator || two.score - one.score);
	const moderator_word = mentor ? __("Moderator") : __("Host");
	const mean = members.reduce((sum, row) => sum + row.score, 0) / members.length;
	// What is true of the whole group is kept with each member; here it is said once.
	const of_all = members[0].reasons.filter(({ of_group }) => of_group);
	return html`<article class="match-card">
		<header class="match-group-head" data-lead="${first.name}">
			<h4>${mentor ? leaders(first, may_change) : __("Circle of {0}", [members.length])}</h4>
			${may_add(first, options) &&
				html`<button class="btn btn-default btn-xs" data-act="add-mentor">${__("Add mentor…")}</button>`}
			${score(mean, summary)}
		</header>
		${refusal && html`<p class="match-refusal">${__("Refused")}: ${refusal}</p>`}
		<ul class="match-members">${sorted.map(
			(row) => html`<li data-row="${row.name}">
				<div class="match-member">${link("Mentee", row.mentee, row.mentee_name)}
					${row.is_moderator ? html`<span class="match-mark">${moderator_word}</span>` : ""} ${marks(row)}
					<span class="match-member-score">${has_scores(summary) && match_percent(row.score)}</span>
					${may_change && menu({ ...row, in_group: true })}</div>
				${chips(row.reasons.filter(({ of_group }) => !of_group))}
			</li>`
		)}</ul>
		${of_all.length ? html`<ul class="match-list match-of-all">${of_all.map(({ text }) => html`<li>${text}</li>`)}</ul>` : ""}
		${mentoring_group && open_group(mentoring_group)}
	</article>`;
}
