// The first lines: how many, how good, how long; while it runs, how far.
import { bar, counted, has_scores, html, icon, link, match_percent, number } from "./html.js";

export const BUSY = ["Queued", "Running", "Publishing"];

// The engine's steps in words.
const STEPS = {
	guess: () => __("Loading participants"),
	choose: () => __("Selecting possible pairs"),
	solve: () => __("Finding the best matches"),
	price: () => __("Finding the best matches"),
	check: () => __("Verifying the result"),
	repair: () => __("Improving the matches"),
	explain: () => __("Preparing explanations"),
	preview: () => __("Drafting the groups"),
	relaxation: () => __("Estimating the best possible result"),
	groups: () => __("Forming the groups"),
	search: () => __("Improving the groups"),
	seats: () => __("Placing everyone"),
	exchanges: () => __("Improving the circles"),
	publish: () => __("Creating the groups"),
	done: () => __("Saving the result"),
};

export function progress_markup(figures, may_change) {
	if (figures.abandoned) return abandoned(figures, may_change);
	const may_stop = may_change && figures.status !== "Publishing";
	const { step, percent = 0 } = figures.progress || {};
	let words = (STEPS[step] || STEPS.guess)();
	if (figures.status === "Queued") words = __("Waiting in the queue");
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
				? __("Nothing changes until publishing is complete.")
				: __("You can leave this page. The result will be here when you return.")
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
				? __("Publishing was interrupted because its background job stopped.")
				: __("This run was interrupted because its background job stopped.")
		}</h3>
		<p class="text-muted">${
			is_publishing
				? __("No groups were created and nobody was notified. You can publish again.")
				: __("The previous result was kept. You can run it again.")
		}</p>
		${may_change && html`<p class="match-buttons">
			${button("take-over", is_publishing ? __("Publish again") : __("Run again"), "btn-primary")}
			${!is_publishing && button("stop", __("Stop"), "btn-default")}
		</p>`}
	</section>`;
}

export function headline(figures) {
	const { matched, mentees_in } = figures;
	const people = figures.format === "Peer Circle" ? counted("peers", mentees_in) : null;
	return html`<section class="match-card match-headline" aria-labelledby="match-headline-title">
		<div class="match-headline-text">
			<p class="match-headline-of">${link("Mentoring Cycle", figures.cycle)} · ${__(figures.format)}</p>
			<h3 id="match-headline-title">${__("{0} of {1} matched", [number(matched), people || number(mentees_in)])}</h3>
			<p>${facts(figures)}</p>
			${figures.why_nobody && html`<p>${__("Most frequent explanation: “{0}”", [figures.why_nobody])}</p>`}
		</div>
		${quality(figures)}
		${bar(mentees_in ? matched / mentees_in : 0, "match-bar-wide")}
	</section>`;
}

function facts(figures) {
	const groups = Object.values(figures.counts).reduce((sum, line) => sum + line.groups, 0) - (figures.counts.Unmatched ? 1 : 0);
	const found = [];
	if (figures.matched && has_scores(figures.summary)) found.push(__("average match {0}", [match_percent(figures.average)]));
	if (figures.format === "Group") found.push(counted("groups", groups));
	if (figures.format === "Peer Circle") found.push(counted("circles", groups));
	if (figures.unmatched) found.push(__("{0} unmatched", [number(figures.unmatched)]));
	if (figures.format !== "Peer Circle") {
		found.push(counted("places", figures.seats_in), counted("mentors", figures.mentors_in));
	}
	found.push(__("{0} s", [number(figures.seconds, figures.seconds < 10 ? 2 : 0)]));
	const text = found.join(" · ");
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function quality(figures) {
	if (!figures.matched) return "";
	const by_hand = Object.values(figures.counts).reduce((sum, line) => sum + line.by_hand, 0);
	if (figures.proven) {
		const words = by_hand && figures.summary.kept ? __("Proven best around what is kept by hand") : __("Proven best");
		return html`<span class="indicator-pill no-indicator-dot green">${icon("tick")} ${words}</span>`;
	}
	if (by_hand) {
		return html`<span class="indicator-pill no-indicator-dot blue">${
			figures.gap >= 0.01
				? __("Changed by hand: {0}% below the best possible result", [number(figures.gap, figures.gap < 1 ? 2 : 0)])
				: __("Changed by hand")
		}</span>`;
	}
	if (!figures.bound) return "";
	return html`<span class="indicator-pill no-indicator-dot blue">${__("At most {0}% below the best possible result", [
		number(figures.gap, 2),
	])}</span>`;
}
