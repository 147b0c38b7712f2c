"use strict";
// Hides what does not fit the words searched for, the severity and the column chosen; adds no markup.
(() => {
  const by = (id) => document.getElementById(id);
  // ำ typed as ํ + า, and แ typed as เ + เ, look the same to whoever types them.
  const plain = (text) => text.toLowerCase().replaceAll("\u0e4d\u0e32", "\u0e33").replaceAll("\u0e40\u0e40", "\u0e41");
  const rules = [...document.querySelectorAll(".rule")].map((box) => ({
    box, text: plain(box.textContent), severity: box.dataset.severity, columns: box.dataset.columns.split(" "),
    standings: box.dataset.standings.split(" "),
  }));
  const filter = () => {
    const words = plain(by("query").value).split(/\s+/).filter(Boolean);
    const severity = by("severity").value, column = by("column").value;
    const standing = by("standing") ? by("standing").value : "";
    let found = 0;
    for (const rule of rules) {
      const fits = (!severity || rule.severity === severity) && (!column || rule.columns.includes(column))
        && (!standing || rule.standings.includes(standing)) && words.every((word) => rule.text.includes(word));
      rule.box.hidden = !fits;
      found += fits;
    }
    for (const family of document.querySelectorAll(".family")) {
      family.hidden = !family.querySelector(".rule:not([hidden])");
    }
    by("found").textContent = found ? `พบ ${found} จาก ${rules.length} กฎ` : "ไม่พบกฎที่ตรงกับคำค้น";
  };
  let wait = 0;
  by("query").addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 120); });
  by("severity").addEventListener("change", filter);
  by("column").addEventListener("change", filter);
  if (by("standing")) by("standing").addEventListener("change", filter);
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    const rule = document.getElementById(location.hash.slice(1));
    if (rule && rule.hidden) { by("filters").reset(); filter(); rule.scrollIntoView(); }
  });
  by("filters").hidden = false;
  filter();
})();
