"use strict";

const phones = document.getElementById("phones");
const template = document.getElementById("phone");
const connection = document.getElementById("connection");
const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", second: "2-digit" });
const cards = new Map();
const pickedUp = new Set();
let siteNumbers = [];

/** +14045550123 → (404) 555-0123 */
function spoken(number) {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return american ? `(${american[1]}) ${american[2]}-${american[3]}` : number;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function makeCard(number) {
  const section = template.content.firstElementChild.cloneNode(true);
  const card = {
    number,
    section,
    texts: section.querySelector(".texts"),
    stopped: section.querySelector(".stopped"),
    to: section.querySelector(".to"),
    words: section.querySelector(".words"),
    picture: section.querySelector(".picture"),
    outcome: section.querySelector(".outcome"),
    shown: new Set(),
    following: true,
  };
  section.querySelector("h2").textContent = spoken(number);
  section.setAttribute("aria-label", `Handset ${spoken(number)}`);
  card.texts.setAttribute("aria-label", `Texts of ${spoken(number)}`);
  card.texts.addEventListener("scroll", () => {
    card.following = card.texts.scrollHeight - card.texts.scrollTop - card.texts.clientHeight < 40;
  });
  section.querySelector(".reply").addEventListener("submit", (event) => { event.preventDefault(); send(card); });
  section.querySelector(".call").addEventListener("click", () => call(card));
  section.querySelector(".sample").addEventListener("click", () => {
    card.picture.value = new URL("samples/sunset.png", location.href).href;
  });
  card.words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(card); }
  });
  cards.set(number, card);
  return card;
}

function showNumbers(card) {
  const known = [...card.to.options].map((option) => option.value).join();
  if (known === siteNumbers.join()) return;
  const chosen = card.to.value;
  card.to.replaceChildren(...siteNumbers.map((number) => new Option(spoken(number), number)));
  if (siteNumbers.includes(chosen)) card.to.value = chosen;
}

function showText(card, text) {
  const item = element("li", text.mine ? "text mine fresh" : "text fresh");
  if (text.body) {
    const bubble = element("span", "bubble", text.body);
    bubble.dir = "auto";
    item.append(bubble);
  }
  for (const address of text.media) {
    const link = element("a", "picture-link");
    link.href = /^https?:/.test(address) ? address : "#";
    link.rel = "noreferrer";
    link.target = "_blank";
    const image = element("img", "");
    image.src = address;
    image.alt = `Picture: ${address}`;
    image.addEventListener("load", () => { if (card.following) toEnd(card); });
    link.append(image);
    item.append(link);
  }
  const who = text.mine ? `to ${spoken(text.with)}` : `from ${spoken(text.with)}`;
  item.append(element("span", "about", `${time.format(new Date(text.at))} ${who}`));
  card.texts.append(item);
  card.shown.add(text.sid);
}

function toEnd(card) {
  card.texts.scrollTop = card.texts.scrollHeight;
}

function showHandset(handset) {
  const card = cards.get(handset.number) ?? makeCard(handset.number);
  showNumbers(card);
  const fresh = handset.texts.filter((text) => !card.shown.has(text.sid));
  fresh.forEach((text) => showText(card, text));
  card.stopped.hidden = handset.stopped.length === 0;
  card.stopped.textContent = handset.stopped.length ? "said STOP" : "";
  if (!card.section.isConnected) phones.prepend(card.section);
  if (fresh.length && card.following) toEnd(card);
  const last = [...handset.texts].reverse().find((text) => !text.mine);
  if (last && fresh.includes(last)) card.to.value = last.with;
}

async function look() {
  const seen = await (await fetch("handsets")).json();
  siteNumbers = seen.numbers;
  const present = new Set(seen.handsets.map((handset) => handset.number));
  for (const [number, card] of cards) {
    if (!present.has(number) && !pickedUp.has(number)) { card.section.remove(); cards.delete(number); }
    else if (!present.has(number)) { card.texts.replaceChildren(); card.shown.clear(); showNumbers(card); }
  }
  [...seen.handsets].reverse().forEach(showHandset);
  document.getElementById("nobody").hidden = cards.size > 0;
}

async function post(card, path, body) {
  card.outcome.className = "outcome";
  card.outcome.textContent = "…";
  const answer = await fetch(`handsets/${encodeURIComponent(card.number)}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const document = await answer.json();
  if (!answer.ok) throw new Error(document.detail);
  return document;
}

function tell(card, message, failed) {
  card.outcome.classList.toggle("failed", failed);
  card.outcome.textContent = message;
}

function webhook(status) {
  return status === null ? "nobody answered the webhook" : `the webhook answered ${status}`;
}

async function send(card) {
  const body = card.words.value;
  const picture = card.picture.value.trim();
  if (!body.trim() && !picture) { tell(card, "Write something first.", true); card.words.focus(); return; }
  const button = card.section.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const sent = await post(card, "messages", { to: card.to.value, body, mediaUrls: picture ? [picture] : [] });
    card.words.value = "";
    card.picture.value = "";
    const ok = sent.webhookStatus !== null && sent.webhookStatus < 300;
    tell(card, `Sent; ${webhook(sent.webhookStatus)}.`, !ok);
  } catch (problem) {
    tell(card, `Not sent: ${problem.message}`, true);
  } finally {
    button.disabled = false;
    card.words.focus();
  }
}

async function call(card) {
  try {
    const ringing = await post(card, "calls", { to: card.to.value });
    const heard = ringing.twiml ? new DOMParser().parseFromString(ringing.twiml, "text/xml").documentElement.textContent.trim() : "";
    tell(card, heard ? `The line says: ${heard}` : `Nothing to hear; ${webhook(ringing.webhookStatus)}.`, !heard);
  } catch (problem) {
    tell(card, `No call: ${problem.message}`, true);
  }
}

/** Looks at once, then at most four times a second however much happens. */
let looking = false;
let lookAgain = false;
async function lookSoon() {
  if (looking) { lookAgain = true; return; }
  looking = true;
  try {
    await look();
    connection.className = "";
    connection.textContent = "Live";
  } catch {
    connection.className = "lost";
    connection.textContent = "The twin does not answer; trying again.";
  }
  setTimeout(() => {
    looking = false;
    if (lookAgain) { lookAgain = false; lookSoon(); }
  }, 250);
}

document.getElementById("pick-up").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("new-number");
  const number = field.value.trim();
  pickedUp.add(number);
  const card = cards.get(number) ?? makeCard(number);
  showNumbers(card);
  phones.prepend(card.section);
  document.getElementById("nobody").hidden = true;
  field.value = "";
  card.words.focus();
});

const events = new EventSource("events");
events.onmessage = lookSoon;
events.onopen = lookSoon;
events.onerror = () => {
  connection.className = "lost";
  connection.textContent = "The twin does not answer; trying again.";
};
