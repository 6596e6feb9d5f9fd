// One form to write in: nothing typed is lost, and it is sent once.
"use strict";

paceline.compose = (box) => {
  const { addresses, ask, make, memory } = paceline;
  const form = box.form;
  const frame = box.closest(".writing");
  const place = box.dataset.place;
  const most = Number(box.dataset.most);
  const title = form.elements.title;
  const languages = form.elements.language;
  const key = `draft:${document.documentElement.dataset.member}:${place}`;
  const value = (name) => form.elements[name]?.value || "";
  const whenChanged = [];

  // Under the box: what is kept, and how long it is.
  const kept = make("span");
  kept.setAttribute("role", "status");
  const keeping = make("span", { className: "kept" }, kept);
  const length = make("span", { className: "length" });
  const foot = frame.querySelector(".composer-foot");
  foot.prepend(keeping, length);
  const count = () => {
    // As the server counts: letters, not halves of them, and no blanks around.
    const size = [...box.value.trim()].length;
    length.textContent = `${size.toLocaleString("en")} of ${most.toLocaleString("en")} characters`;
    length.classList.toggle("over", size > most);
    length.hidden = size < most * 0.8 && size < 1000;
  };

  // Puts a text in place of a stretch, and selects what `start` and `end` say, counted from the
  // stretch's beginning. The old command alone keeps the step in the box's own undo.
  const replace = (from, to, text, start = text.length, end = start) => {
    box.focus();
    box.setSelectionRange(from, to);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      box.setRangeText(text, from, to, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.setSelectionRange(from + start, from + end);
  };
  // Puts a block of its own where the caret is: an empty line before it and one after.
  const insertBlock = (text) => {
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    const rest = box.value.slice(box.selectionEnd);
    const to = box.value.length - rest.trimStart().length;
    replace(before.length, to, `${before ? "\n\n" : ""}${text.trim()}\n\n`);
    box.scrollIntoView({ block: "nearest" });
  };

  // Kept on this device at once, on the server when there is a pause.
  let saved = box.defaultValue;
  let pause;
  let isLeaving = false;
  const keepHere = () => {
    const copy = {
      source: box.value,
      title: title?.value || "",
      language: languages?.value || "",
      at: Date.now(),
    };
    memory.set(key, copy.source.trim() || copy.title ? JSON.stringify(copy) : null);
  };
  const discard = make("button", { type: "button", className: "link", textContent: "Discard" });
  const keepThere = async () => {
    clearTimeout(pause);
    const source = box.value;
    const body = new FormData();
    body.set("place", place);
    body.set("source", source);
    for (const name of ["title", "language", "seen", "once_key"]) body.set(name, value(name));
    const answer = await ask(addresses.saveDraft, body);
    if (isLeaving) return;
    if (answer.ok) {
      saved = source;
      const at = new Date(answer.saved_at || Date.now());
      const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      kept.textContent = source.trim() ? `Saved at ${time}` : "";
      if (source.trim()) kept.after(discard);
      else discard.remove();
      composer.tellOfNew(answer);
    } else {
      kept.textContent = `Kept on this device only. ${answer.refusal}`;
      // Tried again by itself: at the next pause in typing, or after half a minute.
      pause = setTimeout(keepThere, 30_000);
    }
  };
  const typed = () => {
    count();
    keepHere();
    clearTimeout(pause);
    pause = setTimeout(keepThere, 1500);
    for (const told of whenChanged) told();
  };
  discard.addEventListener("click", async () => {
    clearTimeout(pause);
    const body = new FormData();
    body.set("place", place);
    const answer = await ask(addresses.discardDraft, body);
    if (!answer.ok) {
      kept.textContent = answer.refusal;
      return;
    }
    memory.set(key, null);
    if (place.startsWith("edit:")) {
      // Back to what the post says.
      isLeaving = true;
      location.assign(location.pathname);
      return;
    }
    if (title) title.value = "";
    replace(0, box.value.length, "");
    clearTimeout(pause);
    saved = "";
    for (const item of form.querySelectorAll(".attached > li:not([data-posted])")) item.remove();
    for (const note of document.querySelectorAll(".message.draft, .message.restored")) note.remove();
    kept.textContent = "Discarded.";
    discard.remove();
  });
  box.addEventListener("input", typed);
  title?.addEventListener("input", typed);
  if (languages?.matches?.("select")) languages.addEventListener("change", typed);
  addEventListener("online", () => box.value !== saved && keepThere());
  addEventListener("beforeunload", (event) => {
    const isUnsaved = box.value !== saved && box.value.trim();
    if (!isLeaving && (isUnsaved || form.querySelector("[data-uploading]"))) event.preventDefault();
  });

  // After a crash or an expired session: what was typed here last comes back.
  const restoreCopy = () => {
    let copy = null;
    try {
      copy = JSON.parse(memory.get(key));
    } catch {
      memory.set(key, null);
    }
    const isOlder = copy && box.dataset.draft && copy.at < Date.parse(box.dataset.draft);
    if (!copy || isOlder || copy.source === box.value || !copy.source.trim()) return;
    const before = box.value;
    const restore = () => {
      replace(0, box.value.length, copy.source);
      if (title && copy.title) title.value = copy.title;
      if (copy.language && languages) languages.value = copy.language;
      typed();
    };
    const note = make("p", { className: "message restored" });
    const button = make("button", { type: "button", className: "button small" });
    note.setAttribute("role", "status");
    if (before.trim()) {
      note.append("This device has another version of this text. ", button);
      button.textContent = "Use that one";
      button.addEventListener("click", () => (restore(), note.remove()));
    } else {
      box.value = copy.source;
      if (title && copy.title) title.value = copy.title;
      if (copy.language && languages) languages.value = copy.language;
      typed();
      note.append("What you had typed here is restored. ", button);
      button.textContent = "Throw it away";
      button.addEventListener("click", () => discard.click());
    }
    form.before(note);
  };

  // Sending: a refusal is said beside the text, which stays.
  const refuse = (answer) => {
    form.querySelector(".error.sent")?.remove();
    if (!answer) return;
    const error = make("p", { className: "error sent", textContent: answer.refusal });
    error.setAttribute("role", "alert");
    if (answer.sign_in) {
      const link = make("a", { href: answer.sign_in, target: "_blank", textContent: "Sign in" });
      error.append(" Your text is kept. ", link, " in another tab, then send it again.");
    }
    frame.after(error);
    (form.elements[answer.field] || box).focus?.();
  };
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter || form.querySelector(".button.primary");
    if (button.hasAttribute("formaction")) {
      isLeaving = true; // to another address than the form's: that page is the answer
      return;
    }
    event.preventDefault();
    if (isBusy || button.matches("[aria-pressed]")) return;
    if (form.querySelector("[data-uploading]")) {
      refuse({ refusal: "A file is still on its way up. Wait for it, or take it off." });
      return;
    }
    const body = new FormData(form, button);
    body.delete("file"); // what was chosen has been uploaded by itself
    isBusy = true;
    form.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    refuse(null);
    await send(body);
    isBusy = false;
    form.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  });
  const send = async (body) => {
    clearTimeout(pause);
    keepHere();
    // Not `form.action`: that would be the buttons of that name.
    const answer = await ask(form.getAttribute("action"), body);
    if (answer.ok && answer.url) {
      isLeaving = true;
      memory.set(key, null);
      const target = new URL(answer.url, location);
      const isHere = target.pathname === location.pathname && target.search === location.search;
      location.assign(target);
      if (isHere) location.reload();
    } else if (answer.status === 409) {
      // Somebody else edited the post meanwhile: the page that answers shows both texts.
      isLeaving = true;
      HTMLFormElement.prototype.submit.call(form);
    } else {
      refuse(answer.ok ? { refusal: "The board gave an answer that this page does not know." } : answer);
    }
  };

  // Others' posts since the form was opened are told of beside the button that sends.
  const seen = form.elements.seen;
  let told = 0;
  const tellOfNew = ({ new_posts: count, new_address: address }) => {
    if (!count || count === told) return;
    told = count;
    let note = form.querySelector(".meanwhile");
    if (!note) {
      note = make("p", { className: "message meanwhile" });
      note.setAttribute("role", "status");
      form.querySelector(".actions").before(note);
    }
    const words = count === 1 ? "1 new post" : `${count} new posts`;
    const link = make("a", { href: address, textContent: "Read from there on." });
    note.replaceChildren(`${words} since you began to write. `, link);
  };
  if (place.startsWith("reply:") && seen) {
    setInterval(async () => {
      const isWriting = document.activeElement === box || box.value.trim();
      if (document.hidden || !isWriting || isBusy || isLeaving) return;
      const answer = await ask(addresses.newer(place.slice(6), seen.value));
      if (answer.ok) tellOfNew(answer);
    }, 30_000);
  }

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".button.primary"));
    }
  });

  const composer = {
    box,
    form,
    frame,
    foot,
    place,
    value,
    replace,
    insertBlock,
    refuse,
    tellOfNew,
    language: () => value("language") || "bbcode",
    whenChanged: (told) => whenChanged.push(told),
    whenLanguage: (told) => languages?.addEventListener?.("change", told),
  };
  // What was typed while this script was on its way counts as typed.
  if (box.value !== saved) typed();
  restoreCopy();
  count();
  return composer;
};
