/* The reading page by keyboard, and what is typed kept when the page is left or the line is down.
   Everything on the page works without this file. */
"use strict";
(() => {
  const form = document.querySelector("form#sheet");
  if (!form) return;
  let isDirty = false;

  const criteria = () => [...form.querySelectorAll("[data-criterion]")];
  const isBehindMarks = (element, criterion) => {
    const last = [...criterion.querySelectorAll('input[type=radio][name^="mark-"]')].at(-1);
    return last && element !== last && last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  };
  const here = () => {
    const mine = document.activeElement.closest?.("[data-criterion]");
    if (mine) return isBehindMarks(document.activeElement, mine) ? criteria()[criteria().indexOf(mine) + 1] : mine;
    return criteria().find((one) => one.querySelector('[name^="mark-"]') && !one.querySelector(":checked"))
      ?? criteria()[0];
  };
  const isTyping = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox])");

  const reach = (criterion) => {
    const chosen = criterion.querySelector('[name^="mark-"]:checked') ?? criterion.querySelector("input[type=number]");
    const mark = chosen && chosen.value !== "" ? Number(chosen.value) : null;
    const anchors = [...criterion.querySelectorAll("dt[data-mark]")];
    const mine = mark === null ? null : anchors.filter((one) => Number(one.dataset.mark) <= mark).at(-1);
    for (const one of anchors) {
      one.classList.toggle("is-mine", one === mine);
      one.nextElementSibling.classList.toggle("is-mine", one === mine);
    }
  };

  const give = (criterion, value) => {
    const mark = [...criterion.querySelectorAll('input[type=radio][name^="mark-"]')].find((one) => one.value === value);
    if (!mark) return false;
    mark.checked = true;
    mark.focus();
    mark.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };

  form.addEventListener("input", (event) => {
    isDirty = true;
    const criterion = event.target.closest("[data-criterion]");
    if (criterion) reach(criterion);
  });
  form.addEventListener("submit", () => { isDirty = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (/^[0-9]$/.test(key) || key === "t") {
      const criterion = here();
      if (criterion && give(criterion, key === "t" ? "10" : key)) event.preventDefault();
    } else if (key === "j" || key === "k") {
      document.querySelector(key === "j" ? "a[rel=next]" : "a[rel=prev]")?.click();
    }
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && event.detail.successful) isDirty = false;
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, () => {
      const saved = document.getElementById("saved");
      if (saved) saved.textContent = saved.dataset.offline || saved.textContent;
      isDirty = true;
    });
  }
  window.addEventListener("online", () => {
    if (isDirty) form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  window.addEventListener("pagehide", () => {
    if (isDirty) navigator.sendBeacon(form.dataset.save, new FormData(form));
  });
})();
