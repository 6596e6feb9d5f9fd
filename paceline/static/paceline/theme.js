// A visitor's choice of light or dark, taken up before the page is drawn. Members have a setting,
// which the server writes into the page; this file is not sent to them.
"use strict";
try {
  const chosen = localStorage.getItem("paceline-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off: the device's own choice stands.
}
