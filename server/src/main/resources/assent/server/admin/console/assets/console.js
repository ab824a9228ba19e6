// What htmx does not do by itself. No framework, no state but the page's.
"use strict";

// A refusal is shown where the answer would have been.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status >= 400 && status < 500 && event.detail.xhr.getResponseHeader("content-type")?.startsWith("text/html")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// The page says when what it shows is no longer live.
for (const name of ["sseError", "sseClose"]) {
  document.addEventListener("htmx:" + name, () => document.body.classList.add("stale"));
}
document.addEventListener("htmx:sseOpen", () => document.body.classList.remove("stale"));

// Whoever is not let in any more, such as after half an hour without a word, is shown the way in.
document.addEventListener("sse:out", () => window.location.assign("/console/sign-in"));
