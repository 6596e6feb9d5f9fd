// What a page holds that it may not, as the browser itself sees it; run inside the page.
(allowed) => {
  const found = [];
  const say = (element, what) => {
    if (found.length < 50) found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
  };
  if (window.zq !== undefined) found.push(`window.zq is ${window.zq}`);
  const never = /^(iframe|frame|object|embed|applet|base|style|math|portal|fencedframe|marquee)$/i;
  const addressed = /^(href|src|action|formaction|data|poster|background|ping|srcset|xlink:href)$/;
  const schemes = new Set(["http:", "https:", "mailto:"]);
  for (const element of document.querySelectorAll("*")) {
    if (never.test(element.localName)) say(element, "an element");
    if (element.localName === "script" && element.type !== "application/ld+json") {
      const source = element.getAttribute("src") || "";
      if (!source.startsWith("/static/") || element.textContent.trim()) say(element, "a script");
    }
    for (const { name, value } of element.attributes) {
      // Where our scripts put a list or a button.
      if (name === "style" && element.matches(".suggestions, .quote-words")) continue;
      if (/^on|^style$|^srcdoc$/i.test(name)) say(element, `the attribute ${name}`);
      if (addressed.test(name) && value) {
        let scheme = "?";
        try {
          scheme = new URL(value, document.baseURI).protocol;
        } catch {
          scheme = "unreadable";
        }
        if (!schemes.has(scheme)) say(element, `${name} leads to ${scheme}`);
      }
    }
  }
  // In what members write: nothing but the marks of a post, and nothing outside its own box.
  for (const text of document.querySelectorAll(".text, .signature")) {
    const box = text.getBoundingClientRect();
    for (const element of text.querySelectorAll("*")) {
      // What our scripts add: a button that asks for a player, one that unfolds a quote.
      if (element.closest(".media[data-ready] > .actions, .quote + button")) continue;
      if (!allowed.includes(element.localName)) say(element, "not an element of a post");
      const style = getComputedStyle(element);
      if (style.position === "fixed" || style.position === "sticky") say(element, style.position);
      if (style.zIndex !== "auto" && style.zIndex !== "0") say(element, "a layer");
      const place = element.getBoundingClientRect();
      if (!place.width || !place.height) continue;
      const isBeside = place.left < box.left - 2 || place.right > box.right + 2;
      const isBeyond = place.top < box.top - 40 || place.bottom > box.bottom + 40;
      if (!isBeside && !isBeyond) continue;
      // What is cut off, or scrolls, in a box of its own covers nothing.
      let around = element.parentElement;
      const isOpen = (one) => getComputedStyle(one).overflow.startsWith("visible");
      while (around !== text && isOpen(around)) around = around.parentElement;
      if (isOpen(around)) say(element, "outside its post");
    }
  }
  return found;
}
