// Turns notifications on for this browser. What they say is in mails/push/, how they are shown in mentoring-worker.js.

const box = document.querySelector("[data-push-key]");
const button = box?.querySelector("button");
const words = box?.querySelector("[data-words]");
const say = (which) => (words.textContent = words.dataset[which]);

const bytes_of = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

async function turn_on() {
	if ((await Notification.requestPermission()) !== "granted") return say("denied");
	const worker = await navigator.serviceWorker.ready;
	// One that was agreed to with another key, or by another person, is of no use.
	await (await worker.pushManager.getSubscription())?.unsubscribe();
	const agreed = await worker.pushManager.subscribe({
		userVisibleOnly: true,
		applicationServerKey: bytes_of(box.dataset.pushKey),
	});
	const { endpoint, keys } = agreed.toJSON();
	const answer = await fetch("/api/method/mentor_ispe.api.devices.turn_on", {
		method: "POST",
		headers: {
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Frappe-CSRF-Token": document.querySelector("input[name=csrf_token]").value,
		},
		body: JSON.stringify({ address: endpoint, public_key: keys.p256dh, secret: keys.auth }),
	});
	if (answer.ok) {
		location.hash = "devices";
		location.reload();
		return;
	}
	await agreed.unsubscribe();
	words.textContent = (await words_of(answer)) || words.dataset.failed;
}

async function words_of(answer) {
	try {
		const said = JSON.parse((await answer.json())._server_messages)[0];
		return new DOMParser().parseFromString(JSON.parse(said).message, "text/html").body.textContent;
	} catch {
		return "";
	}
}

async function begin() {
	if (!("Notification" in window && "PushManager" in window && "serviceWorker" in navigator)) return say("unsupported");
	const offer = box.querySelector("[data-switch]");
	offer.hidden = "on" in box.dataset;
	button.addEventListener("click", async () => {
		button.disabled = true;
		words.textContent = "";
		await turn_on().catch(() => say("failed"));
		button.disabled = false;
	});
	const agreed = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
	const is_on = "on" in box.dataset && agreed && Notification.permission === "granted";
	offer.hidden = Boolean(is_on);
	if (agreed && !("on" in box.dataset)) await agreed.unsubscribe(); // it was removed elsewhere
}

if (box) begin();
