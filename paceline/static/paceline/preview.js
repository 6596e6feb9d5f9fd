// Preview by the server's own renderer: shown on request, then kept in step while somebody types.
"use strict";

paceline.writers.push(({ box, form, place, value, whenChanged, whenLanguage, refuse }) => {
  const { addresses, ask, make, memory } = paceline;
  const button = form.querySelector("button[value=preview]");
  if (!button) return;
  const panel = make("section", { className: "panel preview", hidden: true, tabIndex: -1 });
  panel.setAttribute("aria-label", "Preview");
  const said = make("p", { className: "visually-hidden" });
  said.setAttribute("role", "status");
  // Never moves the buttons: it grows beneath them. What the server made of a form sent without
  // script gives way.
  form.querySelector(".preview")?.remove();
  form.append(said, panel);

  let shown = null;
  let isAskedFor = false;
  let waiting;
  const attached = () => new FormData(form).getAll("attachment");
  const state = () => [box.value, value("language"), ...attached()].join("\0");
  const isOn = () => button.getAttribute("aria-pressed") === "true";
  const look = async () => {
    clearTimeout(waiting);
    const now = state();
    const isEmpty = !box.value.trim();
    panel.hidden = !isOn() || (isEmpty && !isAskedFor);
    if (now === shown || panel.hidden) return;
    if (isEmpty) {
      shown = now;
      panel.replaceChildren(
        make("h2", { textContent: "Preview" }),
        make("p", { className: "soft", textContent: "It shows here as you write." }),
      );
      return;
    }
    const body = new FormData();
    body.set("place", place);
    body.set("source", box.value);
    body.set("language", value("language"));
    for (const id of attached()) body.append("attachment", id);
    const answer = await ask(addresses.preview, body);
    if (!answer.ok) {
      if (isAskedFor) refuse(answer);
      return;
    }
    shown = now;
    // Made and cleaned by the server's renderer.
    const fragment = new DOMParser().parseFromString(answer.text, "text/html").body;
    panel.replaceChildren(...fragment.childNodes);
  };
  const turn = async (on) => {
    button.setAttribute("aria-pressed", String(on));
    await look();
    said.textContent = isAskedFor && !panel.hidden ? "The preview is shown below." : "";
    if (isAskedFor && !panel.hidden) panel.scrollIntoView({ block: "nearest" });
  };
  const toggle = () => {
    isAskedFor = !isOn();
    memory.set("preview", isAskedFor ? "on" : "off");
    turn(isAskedFor);
  };
  button.title = "Preview (Ctrl+Shift+P)";
  button.setAttribute("aria-keyshortcuts", "Control+Shift+P");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  box.addEventListener("keydown", (event) => {
    if (event.code !== "KeyP" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    toggle();
  });
  const later = () => {
    if (!isOn()) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 500);
  };
  whenChanged(later);
  whenLanguage(later);

  // On by itself where there is room, as soon as there is a text; on a phone when asked for.
  const isRoomy = matchMedia("(min-width: 46.001rem)").matches;
  turn(isRoomy && memory.get("preview") !== "off");
});
