// The consent page: all of the notice, and nothing that hides any of it.

import { button, el, icon } from "./dom.js";
import { dateAndTime, noticeWords } from "./words.js";

export function consentScreen(screen, act) {
  const notice = screen.notice;
  const words = noticeWords(notice.locale);
  return el("div", { class: "view consent", lang: notice.locale },
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": notice.title },
      el("p", { class: "eyebrow", text: screen.renewal ? words.changed : words.before }),
      el("h3", { text: notice.title }),
      assurance(screen.renewal, words),
      list("i-list", words.items, notice.items),
      list("i-target", words.purposes, notice.purposes),
      part("i-clock", words.retention, notice.retention),
      part("i-pin", words.region, notice.region),
      part("i-coin", words.cost, `${notice.cost} ${words.smsMax(notice.smsMax)}`),
      part("i-off", words.withdrawal, notice.withdrawal),
      part("i-person", words.who, notice.controller),
      part("i-hash", words.version, `${notice.version}, ${notice.locale}`, el("code", { text: "SHA-256 " + screen.hash }))),
    el("div", { class: "actions" },
      button(screen.renewal ? words.later : words.decline, "quiet", () => act("decline")),
      button(words.approve, "main", () => act("approve", { hash: screen.hash }))));
}

/// What holds while the user reads.
function assurance(renewal, words) {
  if (!renewal) {
    return el("p", { class: "assurance" }, icon("i-consent"), el("span", { text: words.nothing }));
  }
  const text = renewal.suspended ? words.suspended : words.goesOn(dateAndTime(renewal.deadline));
  return el("p", { class: renewal.suspended ? "assurance is-over" : "assurance is-asked" }, icon("i-clock"), el("span", { text }));
}

function section(symbol, heading, ...content) {
  return el("section", { class: "part" }, icon(symbol), el("div", {}, el("h4", { text: heading }), ...content));
}

function part(symbol, heading, text, ...more) {
  return section(symbol, heading, el("p", { text }), ...more);
}

function list(symbol, heading, items) {
  return section(symbol, heading, el("ul", {}, ...Object.values(items).map(text => el("li", { text }))));
}
