// Forms that save themselves (form[data-autosave]): says on the page when a save did not get through,
// tries again, and warns before what is typed would be lost. Without this file their buttons still save.
"use strict";
(() => {
  const AGAIN_AFTER = 10000;
  const unsaved = new Set();
  const formOf = (event) => event.target.closest("form[data-autosave]");
  const answered = (status) => (status >= 200 && status < 300) || status === 409 || status === 422;

  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) unsaved.add(form);
  });
  document.addEventListener("htmx:beforeRequest", (event) => unsaved.delete(formOf(event)));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event);
    if (!form) return;
    const status = event.detail.xhr.status;
    if (status === 409 || status === 422) unsaved.add(form);
    if (answered(status)) return;
    unsaved.add(form);
    form.querySelector("[data-saved]").textContent = form.dataset.lost;
    setTimeout(() => form.dispatchEvent(new Event("again")), AGAIN_AFTER);
  });
  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
})();
