// Starts the page: listens to what is new on the board, and hands it to whoever shows it.

import { el, post } from "./dom.js";
import { PhoneView } from "./phone.js";

const place = document.getElementById("phones");
const offline = document.getElementById("offline");
const add = document.getElementById("add");
const AGAIN_MILLIS = 3000;
const phones = new Map();
let about = { phonesMax: 2, textsMax: 200, smsMax: 50, contacts: [] };

/// How each name on the board is shown; the rest of the name is in `key`.
const SHOWN = {
  about: value => {
    about = value;
    document.getElementById("gateway").textContent = value.gateway;
    document.getElementById("certificate").textContent = value.certificateSha256.toLowerCase().replaceAll(":", "").replace(/(.{8})(?=.)/g, "$1 ");
  },
  operator: value => showOperator(value),
  phone: (value, [id]) => phone(Number(id)).put(value),
  text: (value, [id]) => phone(Number(id)).putText(value),
  sms: (value, [id], isNews) => phone(Number(id)).putSms(value, isNews),
};

function phone(id) {
  if (!phones.has(id)) {
    const view = new PhoneView(id, about.textsMax, about.smsMax);
    phones.set(id, view);
    place.append(view.root);
    add.disabled = phones.size >= about.phonesMax;
  }
  return phones.get(id);
}

function showOperator(operator) {
  document.getElementById("operator").hidden = !operator.available;
  document.getElementById("operator-state").textContent = operator.paused ? "Activation is paused" : "Activation is open";
  document.getElementById("operator-says").textContent = operator.paused
    ? "Nobody new is asked; texts go on." : "New phones are asked for their yes.";
  document.getElementById("operator-problem").textContent = operator.problem;
  const button = document.getElementById("operator-switch");
  button.setAttribute("aria-checked", String(!operator.paused));
  button.disabled = operator.busy;
  button.onclick = () => post("operator", { paused: !operator.paused });
  const ask = document.getElementById("operator-ask");
  ask.disabled = operator.busy;
  ask.onclick = () => post("operator/ask");
}

/// Everybody can write to everybody else.
function introduce() {
  for (const view of phones.values()) {
    const others = [...phones.values()].filter(other => other !== view && other.face)
      .map(other => ({ name: `Phone ${other.id}`, number: other.face.number }));
    view.chat.people([...others, ...about.contacts]);
  }
}

function forgetAll() {
  phones.clear();
  place.replaceChildren();
}

let run = "";

/// Listens until the page is left. A browser comes back by itself, unless the server has refused it.
function listen() {
  const events = new EventSource("events");
  events.onopen = () => { offline.hidden = true; };
  events.onerror = () => {
    offline.hidden = false;
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, AGAIN_MILLIS);
    }
  };
  events.onmessage = message => take(JSON.parse(message.data));
}

function take(event) {
  if (run !== "" && run !== event.run) {
    location.reload(); // another run of the demo: neither the phones nor the page's token are any more
    return;
  }
  run = event.run;
  if (event.from === 0) {
    forgetAll();
  }
  for (const { name, value } of event.items) {
    const [kind, ...key] = name.split("/");
    SHOWN[kind]?.(value, key, event.from !== 0);
  }
  introduce();
  phones.forEach(view => view.chat.look());
}

add.onclick = () => post("phones");

const themes = document.documentElement;
themes.dataset.theme = localStorage.getItem("theme") ?? "";
document.getElementById("theme").onclick = () => {
  const isDark = getComputedStyle(themes).getPropertyValue("--is-dark").trim() === "1";
  themes.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("theme", themes.dataset.theme);
};

setInterval(() => phones.forEach(view => view.tick()), 5000);
place.append(el("p", { class: "small", text: "Connecting…" }));
listen();
