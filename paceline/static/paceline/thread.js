// Reading a thread: likes in place, long quotes folded, quotes taken to the reply box.
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

// Quotes go to the reply box of the page: a whole post, or the words that are selected in it.
{
  const box = document.querySelector("textarea[data-composer]");
  const ids = () => {
    const kept = sessionStorage.getItem("paceline-quotes");
    return kept ? kept.split(".").filter(Boolean) : [];
  };

  const insert = (text) => {
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    box.setRangeText(
      `${before ? "\n\n" : ""}${text.trim()}\n\n`,
      before.length,
      box.selectionEnd,
      "end",
    );
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.scrollIntoView({ block: "center" });
  };
  const take = async (id, words = "") => {
    const answer = await paceline.ask(paceline.addresses.quote(id));
    if (!answer.ok) {
      paceline.say(answer.refusal);
      return;
    }
    const head = answer.text.match(/^\[quote="(?:\\.|[^"\\])*"\]/);
    insert(words && head ? `${head[0]}${words}[/quote]` : answer.text);
  };
  const chosen = () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    const start = words && selection.anchorNode.parentElement?.closest(".text");
    const post = start && start.contains(selection.focusNode) && start.closest("article.post");
    return post ? { post, words } : null;
  };

  if (box) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-quote]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const selected = chosen();
      const post = link.closest("article.post");
      take(link.dataset.quote, selected?.post === post ? selected.words : "");
    });
  }

  // Posts collected on several pages; the board remembers them too, for the full form.
  const offer = () => {
    document.querySelector(".collected")?.remove();
    const all = ids();
    if (!box || !all.length) return;
    const button = paceline.make("button", {
      type: "button",
      className: "button small collected",
      textContent: all.length === 1 ? "Quote the collected post" : `Quote the ${all.length} collected posts`,
    });
    button.addEventListener("click", async () => {
      for (const id of all) await take(id);
      sessionStorage.removeItem("paceline-quotes");
      offer();
    });
    box.form.querySelector(".actions").append(button);
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-multiquote]")) return;
    event.preventDefault();
    const id = form.dataset.multiquote;
    const answer = await paceline.ask(form.action, new FormData(form));
    if (answer.ok) {
      const all = ids().filter((each) => each !== id);
      if (answer.is_collected) all.push(id);
      sessionStorage.setItem("paceline-quotes", all.join("."));
      form.querySelector("button").textContent = answer.is_collected
        ? "Take out of the collection"
        : "Collect for a reply";
      offer();
    }
    paceline.say(answer.ok ? answer.message : answer.refusal);
    form.closest("details").open = false;
  });
  offer();
}
