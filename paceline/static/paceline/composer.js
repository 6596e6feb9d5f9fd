// Writing, as far as every page needs it: what a form to write in does is fetched when somebody
// comes near one, so that reading stays light.
"use strict";

{
  const { make } = paceline;
  // The script's own element names them: a sheet, and scripts separated by blanks.
  const { sheet, scripts } = document.currentScript.dataset;
  const boxes = [...document.querySelectorAll("textarea[data-composer]")];

  const add = (element) =>
    new Promise((done) => {
      element.addEventListener("load", done);
      element.addEventListener("error", done);
      document.head.append(element);
    });
  let coming;
  // What the scripts do with each form, in their order; each is given what `paceline.compose`
  // made of the form's box.
  paceline.writers = [];
  paceline.prepare = () =>
    (coming ??= (async () => {
      await Promise.all([
        add(make("link", { rel: "stylesheet", href: sheet })),
        ...scripts.split(" ").map((src) => add(make("script", { src, async: false }))),
      ]);
      if (!paceline.compose) return; // Without a connection the form works as without script.
      for (const box of boxes) {
        const composer = paceline.compose(box);
        for (const writer of paceline.writers) writer(composer);
        box.composer = composer;
        box.dataset.ready = "yes";
      }
    })());

  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      near.disconnect();
      paceline.prepare();
    },
    { rootMargin: "600px" },
  );
  for (const box of boxes) near.observe(box);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-composer], [data-suggest]")) paceline.prepare();
  });

  // Quoting: what is pressed here is done by quoting.js, once it has come.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-quote]");
    if (!link || !boxes.length || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await paceline.prepare();
    if (boxes[0].composer) paceline.quote(link);
    else location.assign(link.href);
  });
  document.addEventListener("submit", async (event) => {
    if (!event.target.dataset.multiquote) return;
    event.preventDefault();
    await paceline.prepare();
    if (paceline.collect) paceline.collect(event.target.dataset.multiquote);
    else event.target.submit();
  });
  document.addEventListener("selectionchange", () => {
    const { isCollapsed, anchorNode } = getSelection();
    if (!isCollapsed && anchorNode.parentElement?.closest(".text")) paceline.prepare();
  });
  if (/(^|; )quotes=\d/.test(document.cookie)) paceline.prepare();
}

// A draft that is thrown away is gone from this device as well; who signs out leaves none behind.
document.addEventListener("submit", (event) => {
  const action = event.target.getAttribute("action");
  const own = `draft:${document.documentElement.dataset.member}:`;
  if (/\/drafts\/discard$/.test(action)) paceline.memory.set(own + event.target.elements.place.value, null);
  if (!/\/account\/logout\/$/.test(action)) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`paceline-${own}`)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
});
