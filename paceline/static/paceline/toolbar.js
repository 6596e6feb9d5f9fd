// The toolbar: it writes the source of the post's language, by mouse, touch or keys.
"use strict";

paceline.writers.push((composer) => {
  const { ask, make } = paceline;
  const { box, form, frame, replace, insertBlock } = composer;
  if (box.dataset.codes === "off") return;
  const isApple = /Mac|iP(hone|ad|od)/.test(navigator.platform);

  // What surrounds a stretch, and what begins each line of one.
  const SOURCES = {
    bbcode: {
      bold: ["[b]", "[/b]"],
      italic: ["[i]", "[/i]"],
      spoiler: ["[spoiler]", "[/spoiler]"],
      quote: ["[quote]", "[/quote]"],
      code: ["[code]", "[/code]"],
      list: { start: "[list]\n", line: "[*]", end: "\n[/list]" },
      link: (address, words) =>
        words && words !== address ? `[url="${address}"]${words}[/url]` : `[url]${address}[/url]`,
      image: (address) => `[img]${address}[/img]`,
    },
    markdown: {
      bold: ["**", "**"],
      italic: ["*", "*"],
      spoiler: ["||", "||", "::: spoiler\n", "\n:::"],
      quote: { line: "> " },
      code: ["`", "`", "```\n", "\n```"],
      list: { line: "- " },
      link: (address, words) =>
        words && words !== address
          ? `[${words.replace(/[[\]\\]/g, "\\$&")}](${/[()\s]/.test(address) ? `<${address}>` : address})`
          : `<${address}>`,
      image: (address, words) =>
        `![${words.replace(/[[\]\\]/g, "\\$&")}](${/[()\s]/.test(address) ? `<${address}>` : address})`,
    },
  };
  const source = () => SOURCES[composer.language()];
  const selected = () => box.value.slice(box.selectionStart, box.selectionEnd);

  // Around what is selected; where it stands there already, it is taken away.
  const surround = ([start, end, startOfLines = start, endOfLines = end]) => {
    let from = box.selectionStart;
    let to = box.selectionEnd;
    // Blanks at the edges stay outside: "**so **" would be no bold.
    while (from < to && /\s/.test(box.value[from])) from += 1;
    while (to > from && /\s/.test(box.value[to - 1])) to -= 1;
    const inner = box.value.slice(from, to);
    const [before, after] = inner.includes("\n") ? [startOfLines, endOfLines] : [start, end];
    const around = box.value.slice(from - before.length, to + after.length);
    if (from >= before.length && around === before + inner + after && before !== "*") {
      replace(from - before.length, to + after.length, inner, 0, inner.length);
    } else if (inner.length > before.length && inner.startsWith(before) && inner.endsWith(after)) {
      const bare = inner.slice(before.length, inner.length - after.length);
      replace(from, to, bare, 0, bare.length);
    } else {
      const caret = before.length;
      replace(from, to, before + inner + after, caret, caret + inner.length);
    }
  };
  // Before each of the lines that the selection touches; where all have it, it is taken away.
  const prefix = ({ start = "", line, end = "" }) => {
    const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    const next = box.value.indexOf("\n", Math.max(box.selectionEnd, from));
    const to = next < 0 ? box.value.length : next;
    const lines = box.value.slice(from, to).split("\n");
    const isThere = lines.every((each) => each.startsWith(line));
    const text = isThere
      ? lines.map((each) => each.slice(line.length)).join("\n")
      : start + lines.map((each) => line + each).join("\n") + end;
    const caret = isThere ? text.length : text.length - end.length;
    replace(from, to, text, lines.length > 1 ? 0 : caret, caret);
  };
  const put = (name) => {
    const how = source()[name];
    if (Array.isArray(how)) surround(how);
    else prefix(how);
  };

  // Questions are asked in dialogs, which keys can fill, send and leave.
  const fieldOf = (name, words, more) => {
    const field = make("input", { id: `ask-${name}`, name, autocomplete: "off", ...more });
    return make("p", { className: "field" }, make("label", { htmlFor: field.id, textContent: words }), field);
  };
  const question = (heading, fields, verb, done) => {
    const dialog = make("dialog", { className: "ask" });
    const head = make("h2", { textContent: heading, id: "ask-head" });
    const cancel = make("button", { type: "button", className: "button", textContent: verb ? "Cancel" : "Close" });
    const send = make("button", { type: "submit", className: "button primary", textContent: verb });
    const actions = make("div", { className: "actions" }, ...(verb ? [send, cancel] : [cancel]));
    const inner = make("form", { method: "dialog" }, head, ...fields, actions);
    dialog.setAttribute("aria-labelledby", "ask-head");
    dialog.append(inner);
    const [from, to] = [box.selectionStart, box.selectionEnd];
    let isSent = false;
    cancel.addEventListener("click", () => dialog.close());
    inner.addEventListener("submit", () => (isSent = true));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      box.focus();
      box.setSelectionRange(from, to);
      if (isSent) done(inner.elements);
    });
    document.body.append(dialog);
    dialog.showModal();
    return inner.elements;
  };
  const isAddress = (text) => /^(https?:\/\/|mailto:|www\.)\S+$/i.test(text);
  // An address as people type it; blanks, and what would end a code, in the way addresses have.
  const clean = (text) =>
    (/^[a-z][a-z\d+.-]*:|^\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`).replace(
      /[\s"<>[\]\\]/g,
      encodeURIComponent,
    );
  const askLink = () => {
    const words = selected().trim();
    const address = fieldOf("address", "Address", { required: true, inputMode: "url", placeholder: "https://" });
    const text = fieldOf("words", "Words that link there");
    const fields = question("Link", [address, text], "Insert link", ({ address, words }) => {
      const link = source().link(clean(address.value), words.value.trim());
      replace(box.selectionStart, box.selectionEnd, link);
    });
    fields[isAddress(words) ? "address" : "words"].value = words;
  };
  const askImage = () => {
    const address = fieldOf("address", "Address of the picture", { required: true, inputMode: "url", placeholder: "https://" });
    const alt = composer.language() === "bbcode" ? [] : [fieldOf("words", "What it shows, for those who cannot see it")];
    question("Picture from the web", [address, ...alt], "Insert picture", ({ address, words }) => {
      replace(box.selectionStart, box.selectionEnd, source().image(clean(address.value), words?.value.trim() || ""));
    });
  };

  // Smilies and emoji, as the board has them.
  let smilies;
  const pickSmilie = async () => {
    smilies ??= ask(paceline.addresses.smilies());
    const usual = await smilies;
    if (!usual.ok) {
      smilies = undefined;
      composer.refuse(usual);
      return;
    }
    const find = fieldOf("find", "Find by name, such as bike", { type: "search" });
    const grid = make("div", { className: "smilies" });
    let code = "";
    const show = (rows) => {
      grid.replaceChildren(
        ...rows.map((one) => {
          const button = make("button", { type: "submit", title: `${one.name} ${one.code}` });
          button.append(one.picture ? make("img", { src: one.picture, alt: "", height: 24 }) : one.emoji);
          button.setAttribute("aria-label", one.name);
          button.addEventListener("click", () => (code = one.code));
          return button;
        }),
      );
      if (!rows.length) grid.textContent = "None of that name.";
    };
    show(usual.smilies);
    let waiting;
    const search = async () => {
      const word = find.lastChild.value.trim().toLowerCase();
      if (!word) return show(usual.smilies);
      const emoji = await ask(paceline.addresses.smilies(word));
      if (word !== find.lastChild.value.trim().toLowerCase()) return;
      const own = usual.smilies.filter((one) => one.name.toLowerCase().includes(word) || one.code === word);
      show([...own, ...(emoji.smilies || []).filter((one) => !own.some((each) => each.emoji === one.emoji))]);
    };
    const fields = question("Smilies", [find, grid], "", () => {
      if (!code) return;
      const before = box.value[box.selectionStart - 1];
      replace(box.selectionStart, box.selectionEnd, `${before && !/\s/.test(before) ? " " : ""}${code} `);
    });
    fields.find.form.classList.add("pick");
    fields.find.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 150);
    });
    // Enter in the field takes the first that is found.
    fields.find.addEventListener("keydown", async (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(waiting);
      await search();
      grid.querySelector("button")?.click();
    });
    // Arrows go through the grid.
    grid.addEventListener("keydown", (event) => {
      const all = [...grid.children];
      const columns = Math.max(1, all.findIndex((one) => one.offsetTop > all[0].offsetTop));
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      const next = step && all[all.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  };

  // Name, drawing, key, deed; a key with a capital is pressed with Shift.
  const TOOLS = [
    ["Bold", "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z", "b", () => put("bold")],
    ["Italic", "M10 5h7M7 19h7M14 5l-4 14", "i", () => put("italic")],
    ["Link", "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.700 5.700l1-1", "k", askLink],
    ["Picture from the web", "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9h.01", "", askImage],
    ["Quote", "M10 7H5v5h5zM10 12c0 3-1.500 4.500-4 5M19 7h-5v5h5zM19 12c0 3-1.500 4.500-4 5", ".", () => put("quote")],
    ["List", "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01", "", () => put("list")],
    ["Code", "m8 7-5 5 5 5M16 7l5 5-5 5", "", () => put("code")],
    ["Spoiler", "m4 4 16 16M10 6.200c.600-.100 1.300-.200 2-.200 6 0 9.500 6 9.500 6a16 16 0 0 1-2.800 3.400M6.500 7.700A15 15 0 0 0 2.500 12s3.500 6 9.500 6c1.500 0 2.900-.400 4-1", "", () => put("spoiler")],
    ["Smilies", "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17M8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500h.01M15 9.500h.01", "", pickSmilie],
  ];
  const svg = (path) => {
    const at = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(at, "svg");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(document.createElementNS(at, "path"));
    drawing.firstChild.setAttribute("d", path);
    return drawing;
  };
  const bar = make("div", { className: "toolbar" });
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  bar.setAttribute("aria-controls", box.id);
  // One stop for the Tab key; arrows, Home and End go along the bar.
  const buttons = () => [...bar.querySelectorAll("button")];
  const stopAt = (button) => {
    for (const each of buttons()) each.tabIndex = each === button ? 0 : -1;
  };
  composer.addTool = (name, path, key, deed) => {
    const button = make("button", { type: "button" }, svg(path));
    const shown = key === "." ? (isApple ? "⇧⌘." : "Ctrl+Shift+.") : `${isApple ? "⌘" : "Ctrl+"}${key.toUpperCase()}`;
    button.title = key ? `${name} (${shown})` : name;
    button.setAttribute("aria-label", name);
    if (key) {
      const modifier = isApple ? "Meta" : "Control";
      button.setAttribute("aria-keyshortcuts", `${modifier}+${key === "." ? "Shift+." : key.toUpperCase()}`);
    }
    button.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && event.preventDefault());
    button.addEventListener("click", () => {
      stopAt(button);
      deed();
    });
    bar.append(button);
    stopAt(bar.firstChild);
    return button;
  };
  const off = [box.dataset.images === "off" && askImage, box.dataset.smilies === "off" && pickSmilie];
  for (const tool of TOOLS) if (!off.includes(tool[3])) composer.addTool(...tool);
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const index = all.indexOf(document.activeElement);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const button = all[(next + all.length) % all.length];
    stopAt(button);
    button.focus();
  });
  box.before(bar);

  box.addEventListener("keydown", (event) => {
    if (!(isApple ? event.metaKey : event.ctrlKey) || event.altKey) return;
    const key = event.shiftKey ? (event.code === "Period" ? "." : "") : event.key.toLowerCase();
    const tool = key && TOOLS.find((each) => each[2] === key);
    if (!tool || (key === "." && !event.shiftKey)) return;
    event.preventDefault();
    tool[3]();
  });
  // Enter goes on with a list or a quote; on an item without words it ends it.
  const BEGINNINGS = {
    bbcode: /^(\[\*\] ?)(.*)$/,
    markdown: /^([ \t]*(?:[-*+]|(\d{1,4})[.)])[ \t]|> ?)(.*)$/,
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const at = box.selectionStart;
    const from = box.value.lastIndexOf("\n", at - 1) + 1;
    const found = box.value.slice(from, at).match(BEGINNINGS[composer.language()]);
    if (!found || at !== box.selectionEnd) return;
    event.preventDefault();
    if (!found.at(-1).trim()) return replace(from, at, "");
    const number = found.length > 3 && found[2];
    replace(at, at, `\n${number ? found[1].replace(number, Number(number) + 1) : found[1]}`);
  });
  // An address pasted over words makes them a link.
  box.addEventListener("paste", (event) => {
    const address = event.clipboardData.getData("text/plain").trim();
    const words = selected();
    if (!words.trim() || words.includes("\n") || !/^https?:\/\/\S+$/.test(address) || isAddress(words.trim())) return;
    event.preventDefault();
    replace(box.selectionStart, box.selectionEnd, source().link(clean(address), words));
  });

  // Help says what the chosen language writes.
  const help = () => {
    for (const part of form.querySelectorAll("[data-language]")) {
      part.hidden = part.dataset.language !== composer.language();
    }
  };
  composer.whenLanguage(help);
  help();
});
