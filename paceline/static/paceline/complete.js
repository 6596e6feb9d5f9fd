// Completion while somebody types: members after an @, smilies after a colon, tags after a bracket,
// and members in fields that ask for one.
"use strict";

paceline.complete = (field, sources) => {
  const { make } = paceline;
  const isText = field.matches("textarea");
  const id = `offers-${field.id || "field"}`;
  const list = make("ul", { className: "suggestions", id, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const said = make("span", { className: "visually-hidden" });
  said.setAttribute("role", "status");
  const frame = make("div", { className: "suggests" }, list, said);
  field.after(frame);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.autocomplete = "off";
  if (!isText) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
  }

  let waiting;
  let offered = [];
  // The source whose sign stands before the caret, and what was typed of the word since.
  const start = () => {
    if (field.selectionStart !== field.selectionEnd) return null;
    const before = field.value.slice(Math.max(0, field.selectionStart - 80), field.selectionStart);
    for (const source of sources) {
      const typed = (!source.isOff || !source.isOff()) && before.match(source.pattern)?.[1];
      if (typed) return { source, typed };
    }
    return null;
  };
  const close = () => {
    clearTimeout(waiting);
    list.hidden = true;
    said.textContent = "";
    field.removeAttribute("aria-activedescendant");
    if (!isText) field.setAttribute("aria-expanded", "false");
  };
  const choose = (index) => {
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === index)));
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };
  const put = (index) => {
    const found = start();
    const offer = offered[index];
    close();
    if (!found || !offer) return;
    const to = field.selectionStart;
    const from = to - found.typed.length;
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, offer.text)) {
      field.setRangeText(offer.text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const caret = from + (offer.caret ?? offer.text.length);
    field.setSelectionRange(caret, caret);
    close();
  };
  // Beneath the line that is typed in: a copy of the text up to there says where that is.
  const place = () => {
    if (!isText) return;
    const copy = make("div", { className: "caret-copy" });
    const look = getComputedStyle(field);
    for (const name of ["font", "padding", "borderWidth", "letterSpacing", "lineHeight", "width", "boxSizing"]) {
      copy.style[name] = look[name];
    }
    copy.textContent = field.value.slice(0, field.selectionStart);
    const caret = make("span", { textContent: "\u200b" });
    copy.append(caret);
    frame.append(copy);
    const top = caret.offsetTop + caret.offsetHeight - field.scrollTop - field.offsetHeight;
    const left = Math.min(caret.offsetLeft, field.clientWidth - list.offsetWidth);
    copy.remove();
    list.style.insetBlockStart = `${Math.min(top, 0) + 4}px`;
    list.style.insetInlineStart = `${Math.max(0, left)}px`;
  };
  const show = (found, offers) => {
    const now = start();
    if (!now || now.source !== found.source || now.typed !== found.typed) return;
    if (!offers.length) return close();
    offered = offers;
    list.replaceChildren(
      ...offers.map((offer, index) => {
        const option = make("li", { id: `${id}-${index}`, dir: "auto" });
        if (offer.picture) option.append(make("img", { src: offer.picture, alt: "", height: 24 }));
        else if (offer.mark) option.append(make("span", { className: "mark", textContent: offer.mark }));
        option.append(offer.words);
        option.setAttribute("role", "option");
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => put(index));
        return option;
      }),
    );
    list.hidden = false;
    if (!isText) field.setAttribute("aria-expanded", "true");
    said.textContent = `${offers.length} suggestion${offers.length === 1 ? "" : "s"}. Arrows choose, Enter takes, Escape closes.`;
    choose(0);
    place();
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const found = start();
    if (!found) return close();
    waiting = setTimeout(async () => show(found, await found.source.offers(found.typed)), found.source.wait);
  });
  // Before others that listen to the same keys.
  field.addEventListener(
    "keydown",
    (event) => {
      if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
      const all = [...list.children];
      const index = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) choose((index + step + all.length) % all.length);
      else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) put(index);
      else if (event.key === "Escape") close();
      else {
        if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  field.addEventListener("blur", () => setTimeout(close, 200));
};

{
  const { addresses, ask } = paceline;
  const known = new Map();
  const members = async (typed) => {
    const start = typed.replace(/"/g, "").toLowerCase();
    if (!known.has(start)) {
      const answer = await ask(addresses.suggest(start));
      if (!answer.ok) return [];
      known.set(start, answer.names);
    }
    return known.get(start);
  };
  let smilies;
  const TAGS =
    "b i u s url email img quote code html php spoiler list table color size font left center right indent sub sup hr noparse video attach".split(" ");

  paceline.writers.push(({ box, language }) => {
    paceline.complete(box, [
      {
        // What follows an @, with or without quotation; not within an address.
        pattern: /(?<![\w@./&-])@([^\s@"[\]]{1,40}|"[^"@[\]\n]{1,40})$/,
        wait: 150,
        offers: async (typed) =>
          (await members(typed)).map((name) => ({
            words: name,
            // A name with more than letters in it is called in quotation marks.
            text: `${/^[\p{L}\p{N}_.-]+$/u.test(name) ? name : `"${name}"`} `,
          })),
      },
      {
        pattern: /(?<![\w:/])(:[a-z+][a-z\d_+-]{1,30})$/i,
        wait: 150,
        isOff: () => box.dataset.smilies === "off",
        offers: async (typed) => {
          const start = typed.toLowerCase();
          smilies ??= ask(addresses.smilies());
          const [usual, emoji] = await Promise.all([smilies, ask(addresses.smilies(start.slice(1)))]);
          const own = (usual.smilies || []).filter(
            (one) => one.code.toLowerCase().startsWith(start) || one.name.toLowerCase().startsWith(start.slice(1)),
          );
          return [...own, ...(emoji.smilies || [])]
            .filter((one, n, all) => all.findIndex((each) => each.emoji === one.emoji && each.picture === one.picture) === n)
            .slice(0, 8)
            .map((one) => ({ words: one.name, mark: one.emoji, picture: one.picture, text: `${one.code} ` }));
        },
      },
      {
        pattern: /(\[[a-z]{1,10})$/i,
        wait: 0,
        isOff: () => language() !== "bbcode" || box.dataset.codes === "off",
        offers: async (typed) =>
          TAGS.filter((tag) => `[${tag}`.startsWith(typed.toLowerCase()) && `[${tag}` !== typed.toLowerCase())
            .slice(0, 6)
            .map((tag) =>
              tag === "hr"
                ? { words: "[hr]", text: "[hr]" }
                : { words: `[${tag}]`, text: `[${tag}][/${tag}]`, caret: tag.length + 2 },
            ),
      },
    ]);
  });
  for (const field of document.querySelectorAll("input[data-suggest]")) {
    paceline.complete(field, [
      {
        pattern: /^(.{1,40})$/,
        wait: 150,
        offers: async (typed) => (await members(typed)).map((name) => ({ words: name, text: name })),
      },
    ]);
  }
}
