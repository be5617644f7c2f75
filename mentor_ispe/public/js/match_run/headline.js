// The first lines: how many, how good, how long; while it runs, how far.
import { bar, html, icon, link, number } from "./html.js";

export const BUSY = ["Queued", "Running", "Publishing"];

// The engine's steps in words.
const STEPS = {
	guess: () => __("Reading everyone, a first guess"),
	choose: () => __("Choosing the pairs worth a look"),
	solve: () => __("Finding the best match"),
	price: () => __("Finding the best match"),
	check: () => __("Proving that nothing is better"),
	repair: () => __("Improving"),
	explain: () => __("Writing down the reasons"),
	preview: () => __("A first draft of the groups"),
	relaxation: () => __("Finding how good groups can be at all"),
	groups: () => __("Forming the groups"),
	search: () => __("Improving the groups"),
	seats: () => __("Seating everyone"),
	exchanges: () => __("Improving the circles"),
	publish: () => __("Making the groups and taking the seats"),
	done: () => __("Keeping the result"),
};

export function progress_markup(figures, may_change) {
	if (figures.abandoned) return abandoned(figures, may_change);
	const may_stop = may_change && figures.status !== "Publishing";
	const { step, percent = 0 } = figures.progress || {};
	let words = (STEPS[step] || STEPS.guess)();
	if (figures.status === "Queued") words = __("Waiting for a free worker");
	if (figures.status === "Publishing" && !step) words = STEPS.publish();
	return html`<section class="match-card match-progress" aria-labelledby="match-progress-title">
		<div class="match-progress-head">
			<h3 id="match-progress-title" role="status">${words} …</h3>
			${may_stop && html`<button class="btn btn-default btn-sm" data-act="stop">${__("Stop")}</button>`}
		</div>
		<div class="progress" role="progressbar" aria-labelledby="match-progress-title"
			aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}">
			<div class="progress-bar" style="width: ${Math.max(percent, 3)}%"></div>
		</div>
		<p class="text-muted">${
			figures.status === "Publishing"
				? __("All of it is done at once: until then nothing has changed.")
				: __("You may leave this page; the result will be here.")
		}</p>
	</section>`;
}

// The job behind the run is gone.
function abandoned(figures, may_change) {
	const is_publishing = figures.status === "Publishing";
	const button = (act, label, kind) => html`<button class="btn btn-sm ${kind}" data-act="${act}">${label}</button>`;
	return html`<section class="match-card match-progress" aria-labelledby="match-progress-title">
		<h3 id="match-progress-title" role="status">${
			is_publishing
				? __("Nobody works on this publication any more: its worker was ended.")
				: __("Nobody works on this run any more: its worker was ended.")
		}</h3>
		<p class="text-muted">${
			is_publishing
				? __("Nothing of it was kept: no group was made, nobody was told. It can begin anew.")
				: __("What was there before stands. It can begin anew.")
		}</p>
		${may_change && html`<p class="match-buttons">
			${button("take-over", is_publishing ? __("Publish again") : __("Run again"), "btn-primary")}
			${!is_publishing && button("stop", __("Stop"), "btn-default")}
		</p>`}
	</section>`;
}

export function headline(figures) {
	const { matched, mentees_in } = figures;
	const people = figures.format === "Peer Circle" ? __("{0} peers", [number(mentees_in)]) : null;
	return html`<section class="match-card match-headline" aria-labelledby="match-headline-title">
		<div class="match-headline-text">
			<p class="match-headline-of">${link("Mentoring Cycle", figures.cycle)} · ${__(figures.format)}</p>
			<h3 id="match-headline-title">${__("{0} of {1} matched", [number(matched), people || number(mentees_in)])}</h3>
			<p>${facts(figures)}</p>
		</div>
		${quality(figures)}
		${bar(mentees_in ? matched / mentees_in : 0, "match-bar-wide")}
	</section>`;
}

function facts(figures) {
	const groups = Object.values(figures.counts).reduce((sum, line) => sum + line.groups, 0) - (figures.counts.Unmatched ? 1 : 0);
	const found = [
		figures.bound
			? __("total {0} of at most {1}", [number(figures.total_score), number(figures.bound)])
			: __("total {0}", [number(figures.total_score)]),
	];
	if (figures.format === "Group") found.push(__("{0} groups", [number(groups)]));
	if (figures.format === "Peer Circle") found.push(__("{0} circles", [number(groups)]));
	if (figures.unmatched) found.push(__("{0} without a place", [number(figures.unmatched)]));
	if (figures.matched) found.push(__("on average {0} of 1,000", [number(figures.total_score / figures.matched)]));
	if (figures.format !== "Peer Circle") {
		found.push(__("{0} seats with {1} mentors", [number(figures.seats_in), number(figures.mentors_in)]));
	}
	found.push(__("{0} s", [number(figures.seconds, figures.seconds < 10 ? 2 : 0)]));
	const text = found.join(" · ");
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function quality(figures) {
	if (figures.proven) return html`<span class="indicator-pill no-indicator-dot green">${icon("tick")} ${__("Proven best")}</span>`;
	const by_hand = Object.values(figures.counts).reduce((sum, line) => sum + line.by_hand, 0);
	if (by_hand) {
		const lost = figures.bound - figures.total_score;
		return html`<span class="indicator-pill no-indicator-dot blue">${
			lost > 0
				? __("Changed by hand: {0} points below the best", [number(lost)])
				: __("Changed by hand")
		}</span>`;
	}
	if (!figures.bound) return "";
	return html`<span class="indicator-pill no-indicator-dot blue">${__("At most {0} % below the best there can be", [
		number(figures.gap, 2),
	])}</span>`;
}
