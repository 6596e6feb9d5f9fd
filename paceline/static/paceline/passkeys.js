// Says why a passkey was not used. What talks to the key is django-allauth's own script.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("passkey_error");
  if (!place) return;
  const error = event.detail.exception;
  const cancelled = error && (error.name === "NotAllowedError" || error.name === "AbortError");
  place.textContent = cancelled
    ? "No key was used: it was cancelled, or it took too long. You can try again."
    : error && error.name === "InvalidStateError"
      ? "This key has been added already."
      : "This key could not be used here. Try again, or use another way to sign in.";
  place.hidden = false;
});
