// What all pages share: the addresses that scripts ask, how they ask, and small comforts.
// Every enhancement stands on a form or a link that works without it.
"use strict";

const paceline = (() => {
  const root = document.documentElement.dataset.root || "/";

  // All addresses that are not read from a form or a link of the page, and what they answer.
  // Sent with `X-Requested-With: fetch`; a refusal answers {refusal, field, sign_in}.
  const addresses = {
    // POST place, title, source, language, seen, once_key → {saved_at, new_posts, new_address}
    saveDraft: `${root}drafts/save`,
    // POST place → {url}
    discardDraft: `${root}drafts/discard`,
    // POST place, source, language, attachment → a fragment of HTML
    preview: `${root}preview`,
    // POST language, words → text: the post, or words of it, as a quote in that language
    quote: (post) => `${root}p/${post}/quote`,
    // GET → {new_posts, new_address}: others' posts above that number
    newer: (thread, seen) => `${root}t/${thread}/newer?seen=${seen}`,
    // POST place, file → {id, name, size, code, markdown, …}
    attach: `${root}attachments/`,
    // POST → nothing
    detach: (id) => `${root}attachments/${id}/delete`,
    // GET → {smilies: [{code, name, emoji, picture}]}: all, or emoji by a word in their names
    smilies: (word = "") => `${root}smilies${word && `?q=${encodeURIComponent(word)}`}`,
    // GET → {names: […]}
    suggest: (start) => `${root}members/suggest?q=${encodeURIComponent(start)}`,
  };

  // Ask with GET, or with POST where there is a body. Never throws: without a connection the
  // answer is {ok: false, status: 0, refusal: "…"}. A form that was open while its reader signed
  // in elsewhere is given a new token, and sent once more.
  async function ask(address, body, isAgain = false) {
    const options = {
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(30_000),
    };
    if (body) {
      const token = document.querySelector("input[name=csrfmiddlewaretoken]");
      if (token && !body.has("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", token.value);
      Object.assign(options, { method: "POST", body });
    }
    try {
      const response = await fetch(address, options);
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      const facts = isJson ? await response.json() : { text: await response.text() };
      if (renew(facts.token) && body && !isAgain) {
        body.set("csrfmiddlewaretoken", facts.token);
        return ask(address, body, true);
      }
      const refusal = response.ok ? "" : facts.refusal || "That did not work. Please try again.";
      return { ...facts, ok: response.ok, status: response.status, refusal };
    } catch (error) {
      const refusal =
        error.name === "TimeoutError"
          ? "The board did not answer in time. Sending again does no harm."
          : "There is no connection to the board at the moment.";
      return { ok: false, status: 0, refusal };
    }
  }

  // A new token for all forms of the page, where an answer has one.
  function renew(token) {
    if (!token) return false;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // A short sentence that is seen for a while and read out.
  let toast;
  let hiding;
  function say(sentence) {
    if (!toast) {
      toast = make("p", { className: "toast" });
      toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    clearTimeout(hiding);
    // In a turn of its own, so that a screen reader notices the change.
    setTimeout(() => (toast.textContent = sentence), 30);
    hiding = setTimeout(() => (toast.textContent = ""), 6000);
  }

  // Storage may be switched off or full: then nothing is remembered, and nothing breaks.
  const memory = {
    get(key) {
      try {
        return localStorage.getItem(`paceline-${key}`);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(`paceline-${key}`);
        else localStorage.setItem(`paceline-${key}`, value);
      } catch {
        // Not remembered.
      }
    },
  };

  return { addresses, ask, renew, make, say, memory };
})();

// What scrolls by itself can be reached by keys, also in browsers that do not see to it.
for (const box of document.querySelectorAll("pre, .scroll")) {
  if (box.scrollWidth <= box.clientWidth || box.tabIndex >= 0) continue;
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", box.matches("pre") ? "Code" : "Table");
}

// Menus close on Escape, on a click elsewhere, and when another opens.
{
  const open = () => [...document.querySelectorAll("details.menu[open]")];

  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      const body = menu.querySelector(".menu-body");
      if (!menu.contains(event.target) || (event.target.closest("a") && body)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && open().pop();
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!opened.open || !opened.matches?.("details.menu")) return;
      for (const menu of open()) if (!menu.contains(opened)) menu.open = false;
      // One that would stand out at the far edge hangs from the other end of its button.
      opened.classList.remove("flip");
      const body = opened.querySelector(".menu-body")?.getBoundingClientRect();
      const width = document.documentElement.clientWidth;
      if (body && (body.right > width || body.left < 0)) opened.classList.add("flip");
    },
    true,
  );
}

// A form is sent once. Those that a script sends see to it themselves.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-like], [data-multiquote]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Visitors choose light or dark at the foot of the page; members have a setting.
{
  const choice = document.querySelector("[data-themes]");
  const show = (theme) => {
    document.documentElement.dataset.theme = theme;
    for (const button of choice.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  };
  if (choice) {
    choice.hidden = false;
    show(document.documentElement.dataset.theme);
    choice.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      paceline.memory.set("theme", button.value === "system" ? null : button.value);
      show(button.value);
    });
  }
}

// Share: the device's own sheet where it has one, else the address is copied.
{
  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address);
      paceline.say("The address is copied.");
    } catch {
      paceline.say(address);
    }
  };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-share]");
    const field = event.target.closest("input[data-copy]");
    if (field) {
      field.value = new URL(field.value, location).href;
      field.select();
      copy(field.value);
    }
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      navigator.share({ title: document.title, url: link.href }).catch(() => {});
    } else {
      copy(link.href);
    }
  });
}

// Keys: off in fields and while a dialog is open; a reader can switch them off for good.
{
  const rows = () => [...document.querySelectorAll("article.post, .rows > .row")];
  let hand = null;
  let before = "";

  const take = (step) => {
    const all = rows();
    if (!all.length) return;
    let index = all.indexOf(hand);
    if (index < 0) {
      // Begin with what the reader has before them.
      index = all.findIndex((row) => row.getBoundingClientRect().top > -8);
      if (step > 0) index -= 1;
    }
    const next = all[Math.min(Math.max(index + step, 0), all.length - 1)];
    hand?.classList.remove("at-hand");
    hand = next;
    hand.classList.add("at-hand");
    if (hand.matches("article")) {
      hand.tabIndex = -1;
      hand.focus({ preventScroll: true });
    } else {
      hand.querySelector(".row-title a").focus({ preventScroll: true });
    }
    hand.scrollIntoView({ block: hand.matches("article") ? "start" : "nearest" });
  };
  const press = (selector, within = document) => {
    const element = within.querySelector(selector);
    if (element) element.click();
    return Boolean(element);
  };
  const at = () => hand || document.querySelector("article.post:target") || document;
  const focus = (selector) => {
    const field = document.querySelector(selector);
    if (!field || !field.checkVisibility()) return false;
    field.focus();
    field.scrollIntoView({ block: "center" });
    return true;
  };

  const keys = {
    j: ["Next post or row", () => take(1)],
    k: ["The one before", () => take(-1)],
    o: ["Open the row", () => hand && press(".row-title a", hand)],
    r: ["Reply", () => focus("textarea[data-composer]") || press("[data-key=r]")],
    q: ["Quote the post in hand", () => press("[data-quote]", at())],
    l: ["Like the post in hand", () => press("[data-like] button", at())],
    u: ["First unread post", () => press("[data-key=u]")],
    n: ["Next page", () => press("a[rel=next]")],
    p: ["Page before", () => press("a[rel=prev]")],
    "/": ["Search", () => focus("#find") || press(".bar [data-key=find]")],
    "g h": ["All boards", () => press("[data-key=home]")],
    "g n": ["New posts", () => press("[data-key=new]")],
    "?": ["This list", () => help()],
  };

  let dialog;
  function help() {
    const { make, memory } = paceline;
    if (!dialog) {
      const list = make("dl", { className: "keys" });
      for (const [key, [words]] of Object.entries(keys)) {
        const caps = key.split(" ").map((cap) => make("kbd", { textContent: cap }));
        list.append(make("dt", {}, ...caps), make("dd", { textContent: words }));
      }
      const off = make("input", { type: "checkbox", id: "keys-off" });
      off.addEventListener("change", () => memory.set("keys", off.checked ? "off" : null));
      const label = make("label", { htmlFor: "keys-off", textContent: "Switch these keys off (this list stays)" });
      const close = make("button", { className: "button", textContent: "Close" });
      dialog = make(
        "dialog",
        {},
        make("h2", { textContent: "Keys", id: "keys-head" }),
        list,
        make("p", { className: "field check" }, off, label),
        make("form", { method: "dialog" }, close),
      );
      dialog.setAttribute("aria-labelledby", "keys-head");
      document.body.append(dialog);
    }
    dialog.querySelector("input").checked = memory.get("keys") === "off";
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
    if (paceline.memory.get("keys") === "off" && event.key !== "?") return;
    const key = before ? `${before} ${event.key}` : event.key;
    before = event.key === "g" && !before ? "g" : "";
    if (!(key in keys)) return;
    event.preventDefault();
    keys[key][1]();
  });
}
