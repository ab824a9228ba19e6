// The Assent app but for the consent page and the chat: one function for each screen.

import { button, el, icon } from "./dom.js";
import { capital, dateAndTime, LANGUAGES, phoneNumber, spoken } from "./words.js";

/// `act(name, body)` does something on the phone; `phone` is its view.
export const SCREENS = { off, closed, claim, code, prove, pin, leaving, erased, stopped };

function centred(symbol, heading, ...content) {
  return el("div", { class: "view centred" },
    el("div", { class: "scroll" }, icon(symbol, "big"), el("h3", { text: heading }), ...content));
}

function form(heading, lead, fields, submit, also = []) {
  return el("form", { class: "view form", novalidate: true, onsubmit: event => { event.preventDefault(); submit(); } },
    el("div", { class: "scroll" }, el("h3", { text: heading }), el("p", { class: "lead", text: lead }), ...fields),
    el("div", { class: "actions" }, ...also));
}

function off(screen, act, phone) {
  const name = `language-${phone.id}`;
  const choices = Object.entries(LANGUAGES).map(([tag, text]) =>
    el("label", { class: "chip", lang: tag },
      el("input", { type: "radio", name, value: tag, checked: tag === phone.locale, onchange: () => { phone.locale = tag; } }),
      el("span", { text })));
  return centred("i-mark", "Assent is off",
    el("p", { class: "lead", text: "Nothing is collected and nothing is sent until you have read what it would be, and said yes." }),
    el("fieldset", { class: "chips" }, el("legend", { text: "Read the notice in" }), ...choices),
    button("Read the notice", "main", () => act("on", { locale: phone.locale })));
}

function closed(screen, act) {
  const again = screen.retrySeconds > 0 ? ` Try again in ${screen.retrySeconds} s.` : "";
  return centred("i-pause", "Assent cannot be switched on now",
    el("p", { class: "lead", text: `The operator says: ${screen.reason}.${again}` }),
    el("p", { class: "small", text: "No number was asked for, and none was sent. This page changes by itself when the operator opens activation again." }),
    button("Not now", "quiet", () => act("done")));
}

function claim(screen, act, phone) {
  const number = el("input", { type: "tel", autocomplete: "tel", value: phoneNumber(phone.face.number), id: `number-${phone.id}`, "aria-describedby": `number-hint-${phone.id}` });
  const name = `method-${phone.id}`;
  const about = {
    SMS_CODE: ["A code by SMS", "You get an SMS and type its six digits."],
    DEVICE_SMS: ["An SMS from this phone", "This phone sends one; your carrier may charge for it."],
  };
  const methods = screen.methods.map((method, i) =>
    el("label", { class: "choice" },
      el("input", { type: "radio", name, value: method, checked: i === 0 }),
      el("span", {}, el("b", { text: about[method][0] }), el("small", { text: about[method][1] }))));
  const view = form("Your number", "You have approved. Only now may Assent ask for it.",
    [
      el("label", { class: "field" }, el("span", { text: "Phone number" }), number),
      el("p", { class: "small", id: `number-hint-${phone.id}`, text: "This phone's own. Another one must prove itself, too." }),
      el("fieldset", { class: "choices" }, el("legend", { text: "How it is proved" }), ...methods),
    ],
    () => act("claim", { number: number.value, method: view.querySelector(`input[name=${name}]:checked`).value }),
    [button("Stop", "quiet", () => act("done")), el("button", { class: "main", text: "Send number" })]);
  return view;
}

function digits(label, length, attributes) {
  const input = el("input", { class: "digits", maxlength: length, spellcheck: "false", ...attributes });
  return [input, el("label", { class: "field" }, el("span", { text: label }), input)];
}

function code(screen, act, phone) {
  const [input, field] = digits("Code", 6, { inputmode: "numeric", autocomplete: "one-time-code", pattern: "[0-9]*" });
  return form("Type the code", "It is on its way to this phone by SMS.",
    [
      field,
      el("p", { class: "small", text: `${screen.triesLeft} tries left.` }),
      button("Open the SMS inbox", "link", () => phone.open("sms")),
      button("Another code", "link", () => act("claim", { number: phone.face.number, method: "SMS_CODE" })),
    ],
    () => act("code", { code: input.value.trim() }),
    [button("Stop", "quiet", () => act("done")), el("button", { class: "main", text: "Activate" })]);
}

function prove(screen, act) {
  return form("Let this phone send an SMS", "It proves that the number is yours. Your carrier may charge for it.",
    [el("dl", { class: "facts" }, ...fact("To", screen.to), ...fact("Text", screen.text))],
    () => act("prove"),
    [button("Stop", "quiet", () => act("done")), el("button", { class: "main", text: "Send it" })]);
}

function pin(screen, act) {
  const [input, field] = digits("Registration PIN", 20, { type: "password", autocomplete: "off" });
  return form("This number has a PIN", "Its user set it on another phone, so that an SMS alone does not take the number.",
    [field, el("p", { class: "small", text: `${screen.triesLeft} tries left today.` })],
    () => act("pin", { pin: input.value }),
    [button("Stop", "quiet", () => act("done")), el("button", { class: "main", text: "Activate" })]);
}

function leaving() {
  return centred("i-off", "Assent is off",
    el("p", { class: "lead", text: "Nothing is sent or shown any more. The gateway erases everything, and signs that it has, as soon as this phone has a connection." }));
}

function erased(screen, act) {
  return el("div", { class: "view certificate" },
    el("div", { class: "scroll" },
      icon("i-seal", "big"),
      el("h3", { text: "Your number is erased" }),
      el("p", { class: "lead", text: "The gateway signed this certificate, and the phone has checked the signature." }),
      el("dl", { class: "facts" },
        ...fact("Asked for", dateAndTime(screen.requestedAt)),
        ...fact("Erased", dateAndTime(screen.erasedAt)),
        ...fact("What was erased", capital(screen.erased.map(spoken).join(", "))),
        ...fact("Waiting messages among it", String(screen.messagesErased)),
        ...fact("What is still kept", capital(screen.kept))),
      el("details", {}, el("summary", { text: "The signed text" }), el("pre", { text: screen.signedText }))),
    el("div", { class: "actions" }, button("Done", "main", () => act("done"))));
}

function stopped(screen, act) {
  return centred("i-off", "Assent has stopped on this phone",
    el("p", { class: "lead", text: capital(screen.reason) + "." }),
    button("Start again", "main", () => act("done")));
}

export function fact(name, value) {
  return [el("dt", { text: name }), el("dd", { text: value })];
}
