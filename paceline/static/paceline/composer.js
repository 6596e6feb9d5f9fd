// Writing: nothing typed is lost, and what will be seen can be looked at before.
"use strict";

for (const box of document.querySelectorAll("textarea[data-composer]")) {
  const { addresses, ask, make, memory, say } = paceline;
  const form = box.form;
  const place = box.dataset.place;
  const most = Number(box.dataset.most || 0);
  const title = form.elements.title;
  const key = `draft:${place}`;
  const value = (name) => form.elements[name]?.value || "";

  // The same form sent twice posts once.
  if (!form.elements.once_key) {
    const once = Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) =>
      n.toString(16).padStart(2, "0"),
    ).join("");
    form.append(make("input", { type: "hidden", name: "once_key", value: once }));
  }

  // Under the box: what is kept, and how long it is.
  const kept = make("span");
  kept.setAttribute("role", "status");
  const length = make("span", { className: "length" });
  const foot = make("div", { className: "composer-foot" }, kept, length);
  box.after(foot);
  const count = () => {
    const size = [...box.value].length;
    length.textContent = most
      ? `${size.toLocaleString("en")} of ${most.toLocaleString("en")} characters`
      : `${size.toLocaleString("en")} characters`;
    length.classList.toggle("over", Boolean(most) && size > most);
    length.hidden = size < most * 0.8 && size < 1000;
  };

  // Kept on this device at once, on the server when there is a pause.
  let saved = box.value;
  let pause;
  let isLeaving = false;
  const keepHere = () => {
    const copy = { source: box.value, title: title ? title.value : "", at: Date.now() };
    memory.set(key, copy.source.trim() || copy.title ? JSON.stringify(copy) : null);
  };
  const keepThere = async () => {
    const source = box.value;
    const body = new FormData();
    body.set("place", place);
    body.set("source", source);
    for (const name of ["title", "seen", "once_key"]) body.set(name, value(name));
    const answer = await ask(addresses.saveDraft, body);
    if (isLeaving) return;
    if (answer.ok) {
      saved = source;
      const at = new Date(answer.saved_at || Date.now());
      kept.textContent = source.trim()
        ? `Saved at ${at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}.`
        : "";
      if (answer.new_posts) {
        kept.textContent += ` Meanwhile ${answer.new_posts === 1 ? "1 new post" : `${answer.new_posts} new posts`} above.`;
      }
    } else {
      kept.textContent = `Kept on this device only. ${answer.refusal}`;
    }
  };
  const typed = () => {
    count();
    keepHere();
    clearTimeout(pause);
    pause = setTimeout(keepThere, 1500);
  };
  box.addEventListener("input", typed);
  title?.addEventListener("input", typed);
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && box.value !== saved && box.value.trim()) event.preventDefault();
  });

  // After a crash or an expired session: what was typed here last comes back.
  const copy = JSON.parse(memory.get(key) || "null");
  const isOlder = copy && box.dataset.draft && copy.at < Date.parse(box.dataset.draft);
  if (copy && !isOlder && copy.source !== box.value && copy.source.trim()) {
    const before = box.value;
    const restore = () => {
      box.value = copy.source;
      if (title && copy.title) title.value = copy.title;
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
      restore();
      note.append("What you had typed here is restored. ", button);
      button.textContent = "Throw it away";
      button.addEventListener("click", () => {
        box.value = "";
        typed();
        note.remove();
        box.focus();
      });
    }
    box.before(note);
  }

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
    foot.after(error);
    box.focus();
  };
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) {
      isLeaving = true; // to another address than the form's: that page is the answer
      return;
    }
    event.preventDefault();
    if (isBusy) return;
    const button = event.submitter || form.querySelector(".button.primary");
    const body = new FormData(form, button);
    isBusy = true;
    form.setAttribute("aria-busy", "true");
    button.setAttribute("aria-disabled", "true");
    refuse(null);
    if (body.get("action") === "preview") await look();
    else await send(body);
    isBusy = false;
    form.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  });
  const send = async (body) => {
    clearTimeout(pause);
    // Not `form.action`: that would be the buttons of that name.
    const answer = await ask(form.getAttribute("action"), body);
    if (answer.ok && answer.url) {
      isLeaving = true;
      memory.set(key, null);
      sessionStorage.removeItem("paceline-quotes");
      const target = new URL(answer.url, location);
      const isHere = target.pathname === location.pathname && target.search === location.search;
      location.assign(target);
      if (isHere) location.reload();
    } else if (answer.status === 409) {
      // Somebody else edited the post meanwhile: the page that answers shows both texts.
      keepHere();
      isLeaving = true;
      HTMLFormElement.prototype.submit.call(form);
    } else {
      keepHere();
      refuse(answer.ok ? { refusal: "The board gave an answer that this page does not know." } : answer);
    }
  };

  // Preview, by the same renderer that makes the post.
  const look = async () => {
    const body = new FormData();
    body.set("place", place);
    body.set("source", box.value);
    const answer = await ask(addresses.preview, body);
    if (!answer.ok) {
      refuse(answer);
      return;
    }
    let panel = form.querySelector(".preview");
    if (!panel) {
      panel = make("section", { className: "panel preview", tabIndex: -1 });
      panel.setAttribute("aria-label", "Preview");
      form.append(panel);
    }
    // Made and cleaned by the server's renderer.
    const fragment = new DOMParser().parseFromString(answer.text, "text/html").body;
    panel.replaceChildren(...fragment.childNodes);
    panel.focus();
    panel.scrollIntoView({ block: "nearest" });
  };

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".button.primary"));
    }
  });

  // The toolbar writes BB code around what is selected.
  if (box.dataset.codes !== "off") {
    const codes = [
      ["B", "Bold", "[b]", "[/b]"],
      ["I", "Italic", "[i]", "[/i]"],
      ["Link", "Link", "[url=https://]", "[/url]"],
      ["Quote", "Quote", "[quote]", "[/quote]"],
      ["List", "List", "[list]\n[*]", "\n[/list]"],
      ["Code", "Code", "[code]", "[/code]"],
    ];
    const bar = make("div", { className: "toolbar" });
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Formatting");
    for (const [words, name, start, end] of codes) {
      const button = make("button", { type: "button", title: name, textContent: words });
      button.classList.add(`code-${name.toLowerCase()}`);
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => {
        const from = box.selectionStart;
        const inner = box.value.slice(from, box.selectionEnd);
        box.focus();
        // The old command alone keeps the step in the box's own undo.
        if (!document.execCommand("insertText", false, start + inner + end)) {
          box.setRangeText(start + inner + end, from, box.selectionEnd, "end");
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
        const caret = from + (name === "Link" ? start.length - 1 : start.length + inner.length);
        box.setSelectionRange(caret, caret);
      });
      bar.append(button);
    }
    box.before(bar);
  }

  count();
}

// A draft that is thrown away is gone from this device as well.
document.addEventListener("submit", (event) => {
  if (/\/drafts\/discard$/.test(event.target.getAttribute("action"))) {
    paceline.memory.set(`draft:${event.target.elements.place.value}`, null);
  }
});

// Names: after an @ in a text, or in a field that asks for a member.
for (const field of document.querySelectorAll("[data-composer], [data-suggest]")) {
  const { addresses, ask, make } = paceline;
  const isText = field.matches("textarea");
  const id = `names-${field.id || "field"}`;
  const list = make("ul", { className: "suggestions", id, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Members");
  const frame = make("div", { className: "suggests" });
  field.after(frame);
  frame.append(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);

  let waiting;
  let asked = "";
  // What has been typed of a name: in a text that is what follows an @, with or without quotation.
  const pattern = isText ? /(?<![\w@./&-])@("?[^\s@"[\]]{1,40})$/ : /^(.{1,40})$/;
  const start = () => field.value.slice(0, field.selectionStart).match(pattern)?.[1] || "";
  const close = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    field.setAttribute("aria-activedescendant", list.children[index].id);
  };
  const put = (name) => {
    const from = field.selectionStart - start().length;
    // A name with more than letters in it is called in quotation marks.
    const called = /^[\p{L}\p{N}_.-]+$/u.test(name) ? name : `"${name}"`;
    const text = isText ? `${called} ` : name;
    field.setRangeText(text, from, field.selectionStart, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const name = start();
    if (!name) return close();
    waiting = setTimeout(async () => {
      asked = name;
      const answer = await ask(addresses.suggest(name.replace('"', "")));
      const names = (answer.ok && answer.names) || [];
      if (asked !== name || start() !== name || !names.length) return close();
      list.replaceChildren(
        ...names.map((each, index) => {
          const option = make("li", { id: `${id}-${index}`, textContent: each, dir: "auto" });
          option.setAttribute("role", "option");
          option.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            put(each);
          });
          return option;
        }),
      );
      list.hidden = false;
      choose(0);
    }, 180);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = [...list.children];
    const index = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose((index + step + all.length) % all.length);
    else if (event.key === "Enter" || event.key === "Tab") put(all[index].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
}
