// Reading a thread: likes in place, long quotes folded.
"use strict";

// A like is counted where it stands.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-like]")) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const answer = await paceline.ask(form.action, new FormData(form));
  delete form.dataset.busy;
  if (!answer.ok) {
    paceline.say(answer.refusal);
    return;
  }
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", String(answer.is_liked));
  button.lastChild.textContent = ` Like${answer.count ? ` · ${answer.count.toLocaleString("en")}` : ""}`;
  form.action = form.action.replace(/(un)?like$/, answer.is_liked ? "unlike" : "like");
});

// Long quotes fold, and open for good.
for (const quote of document.querySelectorAll(".post .text > .quote")) {
  if (quote.offsetHeight < 320) continue;
  quote.classList.add("folded");
  const more = paceline.make("button", {
    type: "button",
    className: "button quiet small",
    textContent: "Show all of this quote",
  });
  more.addEventListener("click", () => {
    quote.classList.remove("folded");
    more.remove();
  });
  quote.after(more);
}
