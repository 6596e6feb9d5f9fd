// Quoting: a post, words selected in it, or posts collected on several pages, into the reply box.
"use strict";

{
  const { addresses, ask, make, say } = paceline;
  const box = document.querySelector("textarea[data-composer]");

  // The post, or words of it, as a quote in the language of the reply.
  const take = async (id, words = "") => {
    const { composer } = box;
    const body = new FormData();
    body.set("language", composer.language());
    body.set("words", words);
    const answer = await ask(addresses.quote(id), body);
    if (answer.ok) composer.insertBlock(answer.text);
    else say(answer.refusal);
  };
  // The words that are selected within the text of one post.
  const chosen = () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    const text = words && selection.anchorNode.parentElement?.closest(".text");
    const post = text && text.contains(selection.focusNode) && text.closest("article.post");
    return post ? { post, text, words, range: selection.getRangeAt(0) } : null;
  };

  paceline.quote = (link) => {
    const selected = chosen();
    const isHere = selected?.post === link.closest("article.post");
    return take(link.dataset.quote, isHere ? selected.words : "");
  };

  if (box) {
    // A button beneath the words that are selected.
    const button = make("button", { type: "button", className: "button small quote-words", hidden: true });
    button.textContent = "Quote these words";
    let kept;
    const offer = () => {
      if (document.activeElement === button) return;
      const now = chosen();
      kept = now?.post.querySelector("[data-quote]") && now;
      button.hidden = !kept;
      if (!kept) return;
      kept.text.after(button);
      const ends = kept.range.getClientRects();
      const end = ends[ends.length - 1];
      const body = button.offsetParent.getBoundingClientRect();
      if (!end) return;
      const left = Math.min(end.right - button.offsetWidth, body.right - button.offsetWidth);
      button.style.insetBlockStart = `${end.bottom - body.top + 6}px`;
      button.style.insetInlineStart = `${Math.max(0, left - body.left)}px`;
    };
    let waiting;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(offer, 200);
    });
    // The next stop of the Tab key, also where the text has links of its own.
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || event.shiftKey || button.hidden || document.activeElement === button) return;
      if (document.activeElement?.matches("input, textarea, select, dialog *")) return;
      event.preventDefault();
      button.focus();
    });
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      const { post, words } = kept;
      button.hidden = true;
      await take(post.querySelector("[data-quote]").dataset.quote, words);
    });
    button.addEventListener("blur", () => (button.hidden = true));
    offer();
  }

  // Posts collected on this page and others: a cookie remembers them for a day, so that the full
  // form has them as well.
  const MOST = 20;
  const ids = () => (document.cookie.match(/(?:^|; )quotes=([\d.]+)/)?.[1] || "").split(".").filter(Boolean);
  const keep = (all) => {
    const age = all.length ? 86_400 : 0;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `quotes=${all.slice(-MOST).join(".")}; path=/; max-age=${age}; samesite=lax${secure}`;
    show();
  };
  const show = () => {
    const all = ids();
    for (const form of document.querySelectorAll("form[data-multiquote]")) {
      form.querySelector("button").setAttribute("aria-pressed", String(all.includes(form.dataset.multiquote)));
    }
    document.querySelector(".collected")?.remove();
    if (!box || !all.length) return;
    const words = all.length === 1 ? "1 post collected" : `${all.length} posts collected`;
    const quote = make("button", { type: "button", className: "button small" });
    quote.textContent = all.length === 1 ? "Quote it" : "Quote them";
    quote.addEventListener("click", async () => {
      for (const id of all) await take(id);
      keep([]);
    });
    const forget = make("button", { type: "button", className: "button quiet small", textContent: "Forget" });
    forget.addEventListener("click", () => (keep([]), box.focus()));
    const bar = make("p", { className: "message collected" }, `${words} to quote. `, quote, forget);
    box.closest(".writing").before(bar);
  };
  paceline.collect = (id) => {
    const all = ids();
    const isIn = all.includes(id);
    keep(isIn ? all.filter((each) => each !== id) : [...all, id]);
    const count = ids().length;
    say(
      isIn
        ? `Taken out. ${count || "No"} post${count === 1 ? "" : "s"} collected.`
        : `Collected: ${count} post${count === 1 ? " waits" : "s wait"} beside the reply box.`,
    );
  };
  // Taken back to a page that the browser had kept: what was collected since counts.
  addEventListener("pageshow", show);
  show();
}
