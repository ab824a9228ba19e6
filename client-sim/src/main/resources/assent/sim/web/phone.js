// One phone: its case, its status bar, the three apps in it, and what it has told the gateway so far.

import { Chat, SmsInbox } from "./chat.js";
import { consentScreen } from "./consent.js";
import { el, icon, post, toggle } from "./dom.js";
import { ConsentTab } from "./receipt.js";
import { SCREENS } from "./screens.js";
import { phoneNumber } from "./words.js";

const TOLD = {
  HELLO: "Version, language", COUNTRY: "Country code", APPROVAL: "Approval, signed", NUMBER: "Phone number", PROOF: "Proof of it",
};
const BANNER_MILLIS = 7000;

export class PhoneView {
  constructor(id, textsMax, smsMax) {
    this.id = id;
    this.limits = { texts: textsMax, sms: smsMax };
    this.locale = "en";
    this.texts = new Map();
    this.letters = new Map();
    this.unread = 0;
    this.app = "assent";
    const act = (name, body) => this.act(name, body);
    this.chat = new Chat(this, act);
    this.inbox = new SmsInbox();
    this.consent = new ConsentTab(this, act);
    this.build(act);
  }

  build(act) {
    this.time = el("time", { class: "now" });
    this.signal = el("span", { class: "signal" });
    this.banner = el("button", { type: "button", class: "banner", hidden: true, onclick: () => this.open("sms") });
    this.problem = el("p", { class: "problem", role: "status" });
    this.body = el("div", { class: "body" });
    this.tabs = {
      assent: this.tab("assent", "i-chat", "Assent"),
      sms: this.tab("sms", "i-sms", "SMS"),
      consent: this.tab("consent", "i-consent", "Consent"),
    };
    this.badge = el("span", { class: "badge", hidden: true });
    this.tabs.sms.append(this.badge);
    this.airplane = toggle("Airplane mode", () => act("airplane", { on: !this.face.airplane }));
    this.number = el("b");
    this.told = el("ol", { class: "told" });
    this.root = el("section", { class: "phone", "data-phone": this.id, "aria-label": `Phone ${this.id}` },
      el("div", { class: "case" },
        el("div", { class: "glass" },
          el("div", { class: "status" }, this.time, el("span", { class: "island" }), this.signal),
          this.banner, this.body, this.problem,
          el("nav", { class: "tabs", "aria-label": "Apps" }, ...Object.values(this.tabs)))),
      el("div", { class: "below" },
        el("div", { class: "row" },
          el("div", {}, el("span", { class: "small", text: `Phone ${this.id}` }), this.number),
          el("label", { class: "row" }, icon("i-plane"), el("span", { class: "small", text: "Airplane mode" }), this.airplane)),
        el("h2", { class: "small", text: "Told the gateway since Assent was off" }),
        this.told));
    this.tick();
    this.open("assent");
  }

  tab(app, symbol, text) {
    return el("button", { type: "button", onclick: () => this.open(app) }, icon(symbol), el("span", { text }));
  }

  tick() {
    this.time.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  }

  async act(name, body) {
    const problem = await post(`phones/${this.id}/${name}`, body);
    if (problem !== "") {
      this.problem.textContent = problem;
    }
    return problem;
  }

  open(app) {
    this.app = app;
    for (const [name, tab] of Object.entries(this.tabs)) {
      tab.setAttribute("aria-current", name === app ? "page" : "false");
    }
    if (app === "sms") {
      this.unread = 0;
      this.badge.hidden = true;
      this.banner.hidden = true;
    }
    if (app === "consent") {
      this.consent.draw();
    }
    this.fill();
  }

  /// Puts the open app onto the glass.
  fill() {
    const view = { assent: () => this.screen ?? "", sms: () => this.inbox.root, consent: () => this.consent.root }[this.app]();
    if (this.body.firstChild !== view) {
      this.body.replaceChildren(view);
      const log = this.body.querySelector(".log");
      if (log) {
        log.scrollTop = log.scrollHeight;
      }
      this.chat.look();
    }
  }

  put(face) {
    const before = this.face;
    this.face = face;
    this.number.textContent = phoneNumber(face.number);
    this.airplane.setAttribute("aria-checked", String(face.airplane));
    this.root.classList.toggle("is-away", face.airplane);
    this.signal.replaceChildren(...(face.airplane ? [icon("i-plane")] : [
      ...(face.online ? [el("span", { class: "online", text: "Assent" })] : []), icon("i-signal")]));
    this.told.replaceChildren(...Object.entries(TOLD).map(([name, text]) =>
      el("li", { class: face.sent.includes(name) ? "is-told" : "", text }, el("span", { class: "hidden", text: face.sent.includes(name) ? ", sent" : ", not sent" }))));
    this.root.classList.toggle("is-busy", face.busy);
    this.body.setAttribute("aria-busy", String(face.busy));
    this.problem.textContent = face.problem;
    this.consent.update();
    this.chat.update();
    if (JSON.stringify(before?.screen) !== JSON.stringify(face.screen)) {
      this.show(face.screen);
    }
  }

  show(screen) {
    const act = (name, body) => this.act(name, body);
    const hadFocus = this.body.contains(document.activeElement);
    if (screen.kind === "chat") {
      this.screen = this.chat.root;
    } else if (screen.kind === "consent") {
      this.screen = consentScreen(screen, act);
    } else {
      this.screen = SCREENS[screen.kind](screen, act, this);
    }
    // What ends a consent is shown where the user ended it.
    this.open(this.app === "consent" && screen.kind !== "chat" ? "assent" : this.app);
    if (hadFocus) {
      (this.body.querySelector("input, textarea, .main") ?? this.body.querySelector("button"))?.focus({ preventScroll: true });
    }
  }

  putText(text) {
    this.texts.set(text.id, text);
    this.chat.put(text);
    trim(this.texts, this.limits.texts, id => this.chat.drop(id));
  }

  putSms(sms, isNews) {
    this.letters.set(sms.id, sms);
    this.inbox.put(sms);
    trim(this.letters, this.limits.sms, id => this.inbox.drop(id));
    if (isNews && !sms.mine && this.app !== "sms") {
      this.unread += 1;
      this.badge.textContent = this.unread;
      this.badge.hidden = false;
      this.notify(sms);
    }
  }

  notify(sms) {
    this.banner.replaceChildren(icon("i-sms"),
      el("span", {}, el("b", { text: `SMS from ${phoneNumber(sms.with)}` }), el("span", { dir: "auto", text: sms.text })));
    this.banner.hidden = false;
    clearTimeout(this.bannerTimer);
    this.bannerTimer = setTimeout(() => { this.banner.hidden = true; }, BANNER_MILLIS);
  }
}

function trim(things, max, drop) {
  while (things.size > max) {
    const oldest = things.keys().next().value;
    things.delete(oldest);
    drop(oldest);
  }
}
