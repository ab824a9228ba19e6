// The chat, and the SMS inbox.

import { button, el, icon } from "./dom.js";
import { clock, phoneNumber } from "./words.js";

const MARKS = {
  SENDING: ["m-sending", "Sending"],
  WAITING: ["m-waiting", "Waiting"],
  DELIVERED: ["m-delivered", "Delivered"],
  READ: ["m-delivered", "Read"],
  SMS: ["m-sms", "Sent as SMS"],
  SMS_WAITS: ["m-sms", "SMS waits for the network"],
  REFUSED: ["m-refused", "Refused"],
};

/// The conversation with one number at a time.
export class Chat {
  constructor(phone, act) {
    this.phone = phone;
    this.peer = "";
    this.bubbles = new Map();
    this.seen = new Set();
    this.act = act;
    this.log = el("div", { class: "log", role: "log", "aria-label": "Texts", tabindex: "0" });
    this.peers = el("select", { "aria-label": "Write to", onchange: () => { this.peer = this.peers.value; this.redraw(); this.update(); } });
    this.input = el("textarea", {
      rows: "1", maxlength: "4000", placeholder: "Text", "aria-label": "Text",
      onkeydown: event => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(act); } },
    });
    this.option = el("select", { class: "option", "aria-label": "If the other phone is away" },
      el("option", { value: "0", text: "If away: wait" }),
      el("option", { value: "3", text: "SMS after 3 s" }),
      el("option", { value: "15", text: "SMS after 15 s" }));
    this.block = el("button", { type: "button", class: "link", onclick: () => act("block", { number: this.peer, blocked: !this.isBlocked() }) });
    this.blocked = el("p", { class: "notice-bar", role: "status", hidden: true,
      text: "You block this number: nothing from it reaches this phone, and it is not told." });
    this.askedUntil = el("span");
    this.asked = el("p", { class: "notice-bar", role: "status", hidden: true }, this.askedUntil,
      button("Read it", "link", () => act("review")));
    this.root = el("form", { class: "view chat", onsubmit: event => { event.preventDefault(); this.send(act); } },
      el("header", { class: "peer" }, icon("i-person"), this.peers, this.block),
      this.asked,
      this.blocked,
      el("p", { class: "no-network", text: "No network: texts leave this phone when it is back." }),
      this.log,
      el("div", { class: "composer" }, this.option,
        el("div", { class: "line" }, this.input, el("button", { class: "round main", "aria-label": "Send" }, icon("i-send")))));
  }

  async send(act) {
    const text = this.input.value;
    if (text.trim() === "" || this.peer === "") {
      return;
    }
    const problem = await act("send", { to: this.peer, text, smsAfterSeconds: Number(this.option.value) });
    if (problem === "") {
      this.input.value = "";
    }
  }

  /// Whom one can write to: `[{ name, number }]`.
  people(people) {
    const known = people.map(person => person.number).join();
    if (known === this.known) {
      return;
    }
    this.known = known;
    if (!people.some(person => person.number === this.peer)) {
      this.peer = people[0]?.number ?? "";
    }
    this.peers.replaceChildren(...people.map(person =>
      el("option", { value: person.number, selected: person.number === this.peer, text: `${person.name}, ${phoneNumber(person.number)}` })));
    this.redraw();
    this.update();
  }

  isBlocked() {
    return this.phone.face?.choices.blocked.includes(this.peer) ?? false;
  }

  /// What the phone says around the texts.
  update() {
    const asked = this.phone.face?.asked ?? "";
    this.asked.hidden = asked === "";
    this.askedUntil.textContent = `The notice has changed. Your answer is asked for until ${clock(asked)}. `;
    const isBlocked = this.isBlocked();
    this.blocked.hidden = !isBlocked;
    this.block.textContent = isBlocked ? "Unblock" : "Block";
    this.block.disabled = this.peer === "";
  }

  redraw() {
    this.bubbles.clear();
    this.log.replaceChildren();
    for (const text of this.phone.texts.values()) {
      this.put(text);
    }
  }

  put(text) {
    if (text.with !== this.peer) {
      return;
    }
    const bubble = this.draw(text);
    const before = this.bubbles.get(text.id);
    this.bubbles.set(text.id, bubble);
    if (before) {
      before.replaceWith(bubble);
    } else {
      this.log.append(bubble);
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  drop(id) {
    this.bubbles.get(id)?.remove();
    this.bubbles.delete(id);
    this.seen.delete(id);
  }

  /// What is on the screen counts as read, if its user lets others know.
  look() {
    if (!this.phone.face?.choices.readMarks || !this.root.isConnected || document.hidden) {
      return;
    }
    const ids = [...this.bubbles.keys()].filter(id => !this.seen.has(id) && !this.phone.texts.get(id)?.mine);
    if (ids.length > 0) {
      ids.forEach(id => this.seen.add(id));
      this.act("seen", { ids });
    }
  }

  draw(text) {
    const foot = el("span", { class: "foot" }, el("time", { datetime: text.at, text: clock(text.at) }));
    const mark = MARKS[text.mark];
    if (mark) {
      foot.append(el("span", { class: "mark " + text.mark.toLowerCase(), title: text.detail },
        el("span", { text: mark[1] }), icon(mark[0])));
    }
    const bubble = el("div", { class: `bubble ${text.mine ? "mine" : "theirs"} is-${text.mark.toLowerCase()}`, "data-mark": text.mark },
      el("span", { class: "text", dir: "auto", text: text.text }), foot);
    if (text.mark === "REFUSED" && text.detail !== "") {
      bubble.append(el("span", { class: "why", text: text.detail }));
    }
    return bubble;
  }
}

/// The SMS inbox, newest at the end.
export class SmsInbox {
  constructor() {
    this.items = new Map();
    this.log = el("div", { class: "log", role: "log", "aria-label": "SMS", tabindex: "0" });
    this.empty = el("p", { class: "empty", text: "No SMS yet." });
    this.root = el("div", { class: "view sms" }, el("header", { class: "peer" }, icon("i-sms"), el("b", { text: "SMS" })), this.empty, this.log);
  }

  put(sms) {
    const title = sms.mine ? `To ${phoneNumber(sms.with)}` : `From ${phoneNumber(sms.with)}`;
    const item = el("article", { class: sms.mine ? "letter mine" : "letter" },
      el("h4", {}, el("span", { text: title }), el("time", { datetime: sms.at, text: clock(sms.at) })),
      el("p", { dir: "auto", text: sms.text }));
    this.items.set(sms.id, item);
    this.log.append(item);
    this.log.scrollTop = this.log.scrollHeight;
    this.empty.hidden = true;
  }

  drop(id) {
    this.items.get(id)?.remove();
    this.items.delete(id);
  }
}
