// Films, sounds and rides in posts: nothing comes from their hosts before a reader asks for it.
"use strict";

{
  const FILE = /\.(?:(mp4|m4v|webm|ogv|mov)|mp3|ogg|oga|opus|m4a|flac|wav)$/i;
  // What a player needs to play, and no more: it may not navigate this page.
  const SANDBOX =
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation";

  const playerOf = (address, title) => {
    const file = address.pathname.match(FILE);
    if (file) {
      const player = document.createElement(file[1] ? "video" : "audio");
      player.controls = true;
      player.autoplay = true;
      player.src = address.href;
      player.setAttribute("aria-label", title);
      return player;
    }
    if (/(?:^|\.)(?:youtube-nocookie|vimeo|dailymotion)\.com$/.test(address.hostname)) {
      // The click that asked for the player was one on "play".
      address.searchParams.set("autoplay", "1");
    }
    if (address.hostname.endsWith(".twitch.tv")) {
      // Twitch plays only on pages whose host it is told.
      address.searchParams.set("parent", location.hostname);
    }
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    // Some hosts play only where they are told the site; the page they are not told.
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.title = title;
    frame.src = address.href;
    return frame;
  };

  const makeReady = (card) => {
    card.dataset.ready = "yes";
    const address = new URL(card.dataset.embed, location.href);
    if (address.protocol !== "https:") return;
    const host = card.querySelector(".media-host")?.textContent || address.hostname;
    const verb = card.classList.contains("media-route") ? "Show" : "Play";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    const from = document.createElement("span");
    from.className = "soft";
    from.textContent = `loads from ${address.hostname}`;
    const row = document.createElement("div");
    row.className = "actions";
    row.append(button, from);
    card.append(row);

    let player;
    const show = () => {
      button.textContent = player ? "Close" : `${verb} here`;
      button.setAttribute("aria-label", player ? `Close ${host}` : `${verb} here: ${host}`);
      from.hidden = Boolean(player);
    };
    button.addEventListener("click", () => {
      if (player) {
        player.remove();
        player = null;
      } else {
        player = playerOf(new URL(address), `${host}: ${card.querySelector("a").href}`);
        row.before(player);
      }
      card.classList.toggle("playing", Boolean(player));
      show();
    });
    show();
  };

  const look = (root) => {
    for (const card of root.querySelectorAll(".media[data-embed]:not([data-ready])")) {
      makeReady(card);
    }
  };
  look(document);
  // Previews and posts that are put into the page later.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) look(node.parentNode || node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
}
