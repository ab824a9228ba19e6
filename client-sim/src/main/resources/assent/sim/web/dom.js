// Builds the page. Text goes in as text only: nothing here, or anywhere, parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/// A new element. Properties are attributes, but for `on…` functions, `text`, and `class`.
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") {
      element.textContent = value;
    } else if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child !== undefined));
  return element;
}

export function icon(name, ...classes) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(...classes);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#" + name);
  svg.append(use);
  return svg;
}

export function button(text, style, act) {
  return el("button", { type: "button", class: style, onclick: act, text });
}

/// A switch that says what it is, also to who cannot see it.
export function toggle(label, act) {
  return el("button", { type: "button", class: "switch", role: "switch", "aria-checked": "false", "aria-label": label, onclick: act });
}

const token = document.querySelector("meta[name=token]").content;

/// Does something at the server.
///
/// Returns what went wrong, for people; empty if it was taken. What it leads to comes as an event.
export async function post(path, body = {}) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Assent-Token": token },
      body: JSON.stringify(body),
    });
    return response.ok ? "" : (await response.json()).problem;
  } catch {
    return "The demo cannot be reached.";
  }
}
