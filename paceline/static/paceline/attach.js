// Files: pasted, dropped or chosen, sent at once, with progress, and shown where they belong.
"use strict";

paceline.writers.push((composer) => {
  const { addresses, ask, make } = paceline;
  const { box, form, frame, place, replace, whenChanged } = composer;
  const input = form.elements.file;
  const list = form.querySelector(".attached");
  if (!list) return;
  const most = Number(input?.dataset.kilobytes) * 1024;
  const said = make("p", { className: "visually-hidden" });
  said.setAttribute("role", "status");
  list.after(said);

  const inWords = (bytes) =>
    bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const button = (words, about, deed) => {
    const made = make("button", { type: "button", className: "button quiet small", textContent: words });
    made.append(make("span", { className: "visually-hidden", textContent: ` ${about}` }));
    made.addEventListener("click", deed);
    return made;
  };

  // A place in the text that stays where it is while somebody types before it.
  const marks = new Set();
  let before = box.value;
  whenChanged(() => {
    let start = 0;
    while (start < before.length && before[start] === box.value[start]) start += 1;
    for (const mark of marks) {
      if (start < mark.at) mark.at = Math.max(start, mark.at + box.value.length - before.length);
    }
    before = box.value;
  });
  // The code of a file at a place, a picture on a line of its own; the caret stays.
  const show = (facts, at) => {
    if (composer.language() === "plain") return; // it stands beneath the post
    const code = composer.language() === "markdown" ? facts.markdown : facts.code;
    const left = box.value.slice(0, at);
    const start = facts.is_picture && left && !left.endsWith("\n") ? "\n" : "";
    const text = `${start}${code}${facts.is_picture ? "\n" : " "}`;
    const moved = (n) => (n >= at ? n + text.length : n);
    const [from, to] = [box.selectionStart, box.selectionEnd].map(moved);
    const places = [...marks].map((mark) => moved(mark.at));
    replace(at, at, text);
    box.setSelectionRange(from, to);
    // Others that were given at the same place follow.
    [...marks].forEach((mark, n) => (mark.at = places[n]));
  };

  const forget = async (item, facts) => {
    if (item.dataset.posted && !confirm(`Take ${facts.name} off the post? It goes at once.`)) return;
    const answer = await ask(addresses.detach(facts.id), new FormData());
    if (!answer.ok && answer.status !== 404) {
      composer.refuse(answer);
      return;
    }
    item.remove();
    for (const code of [facts.code, facts.markdown]) {
      const at = box.value.indexOf(code);
      if (at >= 0) replace(at, at + code.length, "");
    }
    said.textContent = `${facts.name} is removed.`;
    box.focus();
  };
  // A file that the board has: what it is, and what can be done with it.
  const settle = (item, facts) => {
    const look = facts.thumbnail
      ? [make("img", { src: facts.thumbnail, alt: "", width: 40, height: 40 })]
      : [];
    const name = make("span", { className: "name" }, make("bdi", { textContent: facts.name }));
    name.append(make("span", { className: "soft", textContent: ` ${inWords(facts.size)}` }));
    // What hangs to the post already needs no sending along.
    if (!item.dataset.posted) name.append(make("input", { type: "hidden", name: "attachment", value: facts.id }));
    item.replaceChildren(
      ...look,
      name,
      ...(composer.language() === "plain"
        ? []
        : [button("Insert", facts.name, () => show(facts, box.selectionStart))]),
      button("Remove", facts.name, () => forget(item, facts)),
    );
  };

  const waiting = [];
  let isSending = false;
  const next = () => {
    if (isSending || !waiting.length) return;
    isSending = true;
    const { item, file, mark } = waiting.shift();
    const bar = make("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    const request = new XMLHttpRequest();
    const name = make("span", { className: "name" }, make("bdi", { textContent: file.name }));
    item.dataset.uploading = "yes";
    item.replaceChildren(name, bar, button("Cancel", file.name, () => request.abort()));

    const over = () => {
      isSending = false;
      delete item.dataset.uploading;
      next();
    };
    const fail = (sentence) => {
      const error = make("span", { className: "error", textContent: sentence });
      error.setAttribute("role", "alert");
      item.replaceChildren(
        name,
        error,
        button("Try again", file.name, () => enqueue(item, file, mark)),
        button("Remove", file.name, () => (marks.delete(mark), item.remove(), box.focus())),
      );
      over();
    };
    request.responseType = "json";
    request.timeout = 300_000;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      const facts = request.response;
      if (paceline.renew(facts?.token) && !item.dataset.again) {
        item.dataset.again = "yes";
        over();
        enqueue(item, file, mark);
        return;
      }
      if (request.status !== 201) {
        fail(facts?.error || (request.status === 413 ? tooLarge(file) : "The board did not take it."));
        return;
      }
      settle(item, facts);
      show(facts, mark.at);
      marks.delete(mark);
      said.textContent = `${facts.name} is attached.`;
      over();
    });
    request.addEventListener("error", () => fail("There is no connection to the board at the moment."));
    request.addEventListener("timeout", () => fail("That took too long."));
    request.addEventListener("abort", () => {
      marks.delete(mark);
      item.remove();
      box.focus();
      over();
    });
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("place", place);
    body.set("file", file, file.name);
    request.open("POST", addresses.attach);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.send(body);
  };
  const tooLarge = (file) => `${file.name} has ${inWords(file.size)}; a file may have ${inWords(most)}.`;
  const enqueue = (item, file, mark) => {
    item.replaceChildren(
      make("span", { className: "name" }, make("bdi", { textContent: file.name })),
      make("span", { className: "soft", textContent: "waits" }),
    );
    item.dataset.uploading = "yes";
    waiting.push({ item, file, mark });
    next();
  };
  const take = (files) => {
    for (const file of files) {
      const item = make("li");
      list.append(item);
      if (file.size > most) {
        const error = make("span", { className: "error", textContent: tooLarge(file) });
        error.setAttribute("role", "alert");
        item.append(error, button("Remove", file.name, () => (item.remove(), box.focus())));
        continue;
      }
      const mark = { at: box.selectionStart };
      marks.add(mark);
      enqueue(item, file, mark);
    }
  };

  for (const item of list.children) {
    const { id, name, size, picture, thumbnail, code, markdown } = item.dataset;
    settle(item, { id, name, size: Number(size), is_picture: Boolean(picture), thumbnail, code, markdown });
  }
  if (!input) return; // What is there may go; nothing more is taken.
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  if (composer.addTool) {
    form.querySelector(".attach-row").hidden = true;
    const clip = "m20 11.500-8 8a5 5 0 0 1-7-7l8.300-8.300a3.300 3.300 0 0 1 4.700 4.700l-8.200 8.200a1.700 1.700 0 0 1-2.400-2.400l7.500-7.500";
    composer.addTool("Attach files", clip, "", () => input.click());
  }

  const hasFiles = (data) => data && [...data.types].includes("Files");
  box.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    // Programs that copy words put a picture of them along.
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    take([...files]);
  });
  let depth = 0;
  const mark = (step) => {
    depth = step ? depth + step : 0;
    frame.classList.toggle("dropping", depth > 0);
  };
  frame.addEventListener("dragenter", (event) => hasFiles(event.dataTransfer) && mark(1));
  frame.addEventListener("dragleave", (event) => hasFiles(event.dataTransfer) && mark(-1));
  frame.addEventListener("dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
  frame.addEventListener("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    mark(0);
    take([...event.dataTransfer.files]);
  });
});
