// Markup in which every value is escaped, unless it is markup made here itself.

class Markup {
	constructor(text) {
		this.text = text;
	}
	toString() {
		return this.text;
	}
}

function shown(value) {
	if (value === null || value === undefined || value === false) return "";
	if (Array.isArray(value)) return value.map(shown).join("");
	return value instanceof Markup ? value.text : frappe.utils.escape_html(String(value));
}

export const html = (strings, ...values) =>
	new Markup(strings.reduce((text, part, index) => text + shown(values[index - 1]) + part));

// Markup of Frappe itself, such as an icon.
export const trusted = (text) => new Markup(text);

export const icon = (name) => trusted(frappe.utils.icon(name, "xs"));

export const fill = (element, markup) => {
	element.innerHTML = String(markup);
	return element;
};

// A link to a record, with words beside its name.
export const link = (doctype, name, words, classes = "") =>
	html`<a class="${classes}" href="${frappe.utils.get_form_link(doctype, name)}">${words || name}</a>`;

export const number = (value, decimals = 0) => format_number(value || 0, null, decimals);

// How many of a thing, as "1 group" or "12 groups".
const COUNTED = {
	groups: (n) => (n === 1 ? __("1 group") : __("{0} groups", [number(n)])),
	circles: (n) => (n === 1 ? __("1 circle") : __("{0} circles", [number(n)])),
	pairs: (n) => (n === 1 ? __("1 pair") : __("{0} pairs", [number(n)])),
	peers: (n) => (n === 1 ? __("1 peer") : __("{0} peers", [number(n)])),
	members: (n) => (n === 1 ? __("1 member") : __("{0} members", [number(n)])),
	people: (n) => (n === 1 ? __("1 person") : __("{0} people", [number(n)])),
	places: (n) => (n === 1 ? __("1 place") : __("{0} places", [number(n)])),
	mentors: (n) => (n === 1 ? __("1 mentor") : __("{0} mentors", [number(n)])),
};
export const counted = (things, n) => COUNTED[things](n || 0);

const FULL_SCORE = 1000;

// The engine counts in thousandths of the best possible match; people read percent.
export const match_percent = (points) => percent(points / FULL_SCORE);

// The same to a tenth, so that parts add up to their sum.
export const exact_percent = (points) => number(points / 10, points % 10 ? 1 : 0);

export const share_of_full = (points) => points / FULL_SCORE;

// Whether anything counts in this run; else there is no score to show.
export const has_scores = ({ full_points }) => Object.keys(full_points || {}).length > 0;

export const percent = (share) => __("{0} %", [number(100 * share, share && share < 0.01 ? 2 : 0)]);

// "+34" or "−12"; the sign says it without a colour.
export const difference = (value) => (value > 0 ? "+" : value < 0 ? "−" : "±") + number(Math.abs(value));

// The same of points, in percent: "+34 %".
export const percent_difference = (points) => __("{0} %", [difference(Math.round(points / 10))]);

// A bar beside a number that says the same; so it is nothing to those who listen.
export const bar = (share, tone = "") => html`<span class="match-bar ${tone}" aria-hidden="true"
	><span style="width: ${(100 * Math.min(1, Math.max(0, share || 0))).toFixed(1)}%"></span
></span>`;
