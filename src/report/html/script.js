"use strict";
(() => {
  const main = document.querySelector("main");
  const overview = document.getElementById("overview");
  // The keyboard and the screen reader go the way of the eye.
  main.prepend(overview);

  const form = document.getElementById("filter");
  if (form) {
    const words = document.getElementById("words");
    const rule = document.getElementById("rule");
    const shown = document.getElementById("shown");
    const severities = [...form.querySelectorAll("[name=severity]")];
    const messages = [...main.querySelectorAll(".message")];
    const total = main.querySelectorAll(".finding").length;

    const apply = () => {
      const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = new Set(severities.filter((box) => box.checked).map((box) => box.value));
      const isAll = !sought.length && !rule.value && wanted.size === severities.length;
      let left = 0;
      for (const message of messages) {
        const letter = sought.length ? message.textContent.toLowerCase() : "";
        const isFound = sought.every((word) => letter.includes(word));
        let here = 0;
        for (const finding of message.querySelectorAll(".finding")) {
          const { rule: id, severity } = finding.dataset;
          const isShown = isFound && wanted.has(severity) && (!rule.value || rule.value === id);
          finding.hidden = !isShown;
          const mark = document.getElementById("m" + finding.id.slice(1));
          if (mark) mark.classList.toggle("off", !isShown);
          here += isShown;
        }
        message.hidden = !isAll && !here;
        left += here;
      }
      shown.textContent = isAll ? "" : left + " of " + total + " findings are shown";
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }

  // For browsers whose style sheets cannot open what is closed when it is printed.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
