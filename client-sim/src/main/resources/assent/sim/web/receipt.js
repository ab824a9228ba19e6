// What the user agreed to, the proof of it, and the off switch.

import { button, el, icon, toggle } from "./dom.js";
import { fact } from "./screens.js";
import { dateAndTime } from "./words.js";

const PROOFS = { sms_code: "a code by SMS", device_sms: "an SMS from this phone" };

export class ConsentTab {
  constructor(phone, act) {
    this.phone = phone;
    this.act = act;
    this.root = el("div", { class: "view yours" });
    this.marks = toggle("Read marks", () => act("marks", { allowed: !phone.face.choices.readMarks }));
    this.buildPin();
  }

  buildPin() {
    const pin = el("input", { type: "password", autocomplete: "off", maxlength: 20, "aria-label": "Registration PIN", placeholder: "4 to 20 letters or digits" });
    this.pinState = el("p", { class: "small" });
    this.clearPin = button("Clear", "quiet", () => this.act("setpin", { pin: "" }));
    this.pin = el("form", { class: "pin-form", novalidate: true, onsubmit: async event => {
      event.preventDefault();
      if (pin.value !== "" && await this.act("setpin", { pin: pin.value }) === "") {
        pin.value = "";
      }
    } }, pin, el("button", { class: "quiet", text: "Set" }), this.clearPin);
  }

  /// What the user has chosen shows.
  update() {
    const choices = this.phone.face.choices;
    this.marks.setAttribute("aria-checked", String(choices.readMarks));
    this.clearPin.hidden = !choices.pin;
    this.pinState.textContent = choices.pin
      ? "It is set: an SMS alone does not activate this number on another phone."
      : "Off: whoever gets this number's SMS could activate it on another phone.";
  }

  draw() {
    const screen = this.phone.face?.screen;
    const isOn = screen?.kind === "chat" || (screen?.kind === "consent" && screen.renewal);
    this.root.replaceChildren(...(isOn ? this.on() : nothing()));
  }

  on() {
    const path = `phones/${this.phone.id}/`;
    const receipt = el("div", { class: "receipt", "aria-live": "polite" });
    const confirm = el("div", { class: "confirm", hidden: true, role: "alertdialog", "aria-label": "Switch Assent off?" },
      el("p", { text: "Everything about this phone is erased at the gateway, at once. You get a signed certificate of it." }),
      el("div", { class: "actions" },
        button("Keep it on", "quiet", () => { confirm.hidden = true; off.focus(); }),
        button("Erase it all", "danger", () => this.act("withdraw"))));
    const off = button("Switch off", "danger outline", () => {
      confirm.hidden = false;
      confirm.querySelector(".quiet").focus();
    });
    load(path + "receipt.json", receipt);
    return [
      el("header", { class: "peer" }, icon("i-consent"), el("b", { text: "Your consent" })),
      el("div", { class: "scroll" },
        el("section", { class: "switch-off" }, icon("i-off"),
          el("div", {}, el("h4", { text: "Assent is on" }), el("p", { class: "small", text: "One step takes it all back." })), off),
        confirm,
        el("section", { class: "choice-row" }, icon("i-eye"),
          el("div", {}, el("h4", { text: "Read marks" }), el("p", { class: "small", text: "Off until you choose: others see that you have read, and you that they have." })), this.marks),
        el("section", { class: "choice-row" }, icon("i-key"),
          el("div", {}, el("h4", { text: "Registration PIN" }), this.pinState, this.pin)),
        receipt,
        el("p", { class: "links" },
          el("a", { href: path + "receipt.json", download: "consent-receipt.json", text: "Save the receipt" }),
          el("a", { href: path + "export.json", download: "held-by-the-gateway.json", text: "All that the gateway holds" }))),
    ];
  }
}

function nothing() {
  return [el("div", { class: "scroll centred" }, icon("i-consent", "big"),
    el("h3", { text: "No consent was given" }),
    el("p", { class: "lead", text: "Once you have approved, your consent receipt is here, and the switch that takes it back." }))];
}

async function load(path, place) {
  try {
    const response = await fetch(path);
    const receipt = await response.json();
    place.replaceChildren(...(response.ok ? shown(receipt) : [el("p", { text: receipt.problem })]));
  } catch {
    place.replaceChildren(el("p", { text: "The receipt cannot be read now." }));
  }
}

/// The fields that people read; the file has all of them, and what was signed.
function shown(receipt) {
  const purposes = receipt.purposes;
  const events = Object.fromEntries(receipt.events.map(event => [event.event_state, event]));
  return [
    el("p", { class: "stamp" }, icon("i-seal"),
      el("span", {}, el("b", { text: "Consent receipt" }), el("small", { text: "Countersigned by the gateway. Anybody can check it without asking the gateway." }))),
    el("dl", { class: "facts" },
      ...fact("You approved", dateAndTime(events.given.event_time)),
      ...fact("Number proved", `${dateAndTime(events.active.event_time)}, by ${PROOFS[events.active.proof] ?? events.active.proof}`),
      ...purposes.flatMap(purpose => fact("For", purpose.description)),
      ...fact("Stored", purposes[0].storage_locations.join("; ")),
      ...fact("Until", purposes[0].retention_period),
      ...fact("Answers for it", receipt.party_identification[0].party_name),
      ...fact("Notice", `${receipt.privacy_notice.notice_version}, ${receipt.privacy_notice.language}`),
      ...fact("Receipt, SHA-256", receipt.receipt_id)),
  ];
}
