/* The reading page by keyboard, and what is typed kept when the page is left or the line is down.
   Everything on the page works without this file. */
"use strict";
(() => {
  const isTyping = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  /* What a key writes where it writes a Latin letter or a digit; else what it would on an English keyboard, so
     that the same keys work in every layout. */
  const keyOf = ({ key = "", code = "", shiftKey }) => {
    if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase();
    return shiftKey ? "" : (/^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? "").toLowerCase();
  };
  const isForUs = (event) => !(event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target));

  document.addEventListener("keydown", (event) => {
    const way = { j: "next", k: "prev" }[keyOf(event)];
    if (way && isForUs(event)) document.querySelector(`a[rel=${way}]`)?.click();
  });

  const form = document.querySelector("form#sheet");
  if (!form) return;
  const version = () => document.getElementById("version");
  const PENDING = `scorecard ${form.dataset.save}`;
  const UNTIL_ARRIVED = 250; /* shorter than the pause after which the form saves itself */
  let isDirty = false;
  let underWay = 0;

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

  const choose = (radio) => {
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
  const give = (criterion, value) =>
    choose([...criterion.querySelectorAll('input[type=radio][name^="mark-"]')].find((one) => one.value === value));
  const vote = (key) => {
    const value = { 1: "yes", 0: "no" }[key];
    return value && choose(form.querySelector(`[data-vote] input[value=${value}]`));
  };

  form.addEventListener("input", (event) => {
    isDirty = true;
    const criterion = event.target.closest("[data-criterion]");
    if (criterion) reach(criterion);
  });
  form.addEventListener("submit", () => { isDirty = false; });

  document.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    if (!/^[0-9t]$/.test(key) || !isForUs(event)) return;
    const criterion = here();
    if (criterion ? give(criterion, key === "t" ? "10" : key) : vote(key)) event.preventDefault();
  });

  const say = (words, ...more) => {
    document.getElementById("saved")?.replaceChildren(words, ...more);
    isDirty = true;
  };
  const sayOffline = () => say(form.dataset.offline);
  const saySignedOut = () => {
    const link = document.createElement("a");
    link.href = `${form.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = form.dataset.signInWords;
    say(form.dataset.signedOut, " ", link);
  };
  const isElsewhere = (address) => address && new URL(address).pathname !== form.dataset.save;
  const isSignedOut = (xhr) => xhr.status === 401 || xhr.status === 403 || isElsewhere(xhr.responseURL);

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === form) underWay = 1;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    underWay = 0;
    if (event.detail.successful && !isSignedOut(event.detail.xhr)) isDirty = false;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "saved" || !isSignedOut(event.detail.xhr)) return;
    event.detail.shouldSwap = false;
    saySignedOut();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.body.addEventListener(name, sayOffline);
  document.body.addEventListener("htmx:responseError", (event) => {
    if (isSignedOut(event.detail.xhr)) saySignedOut();
    else sayOffline();
  });
  window.addEventListener("online", () => {
    if (isDirty) form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* What was typed last goes out as the page is left, and stays in this tab until the page is seen again: the
     page may have been fetched before that arrived, and then would not know its own last save. */
  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version");
  window.addEventListener("pagehide", () => {
    if (!isDirty) return;
    const read = Number(version().value);
    const body = new FormData(form);
    body.set("version", read + underWay);
    navigator.sendBeacon(form.dataset.save, body);
    sessionStorage.setItem(PENDING, JSON.stringify({ read, underWay, typed: typed() }));
  });
  const fill = (fields) => {
    for (const control of form.elements) {
      if (!control.name || !(control.name in fields || /^(checkbox|radio)$/.test(control.type))) continue;
      if (control.type === "checkbox") control.checked = control.name in fields;
      else if (control.type === "radio") control.checked = fields[control.name] === control.value;
      else control.value = fields[control.name];
    }
    criteria().forEach(reach);
  };
  const takeUp = (isAsItWas) => {
    const kept = JSON.parse(sessionStorage.getItem(PENDING) || "null");
    sessionStorage.removeItem(PENDING);
    if (!kept || (!isAsItWas && JSON.stringify(typed()) === JSON.stringify(kept.typed))) return;
    fill(Object.fromEntries(kept.typed));
    const stored = Number(version().value);
    version().value = stored === kept.read + kept.underWay ? stored : kept.read;
    isDirty = true;
    const values = { ...Object.fromEntries(new FormData(form)) };
    setTimeout(async () => {
      await htmx.ajax("POST", form.dataset.save, { target: "#saved", swap: "outerHTML", values });
      const isAll = JSON.stringify(typed()) === JSON.stringify(kept.typed);
      if (isAll && document.querySelector("#saved .tick")) isDirty = false;
    }, UNTIL_ARRIVED);
  };
  document.addEventListener("DOMContentLoaded", () => takeUp(false));
  window.addEventListener("pageshow", (event) => { if (event.persisted) takeUp(true); });
})();
