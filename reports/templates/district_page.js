"use strict";
// Unpacks all findings, replaces the first 200 of the page by a list that filters and searches.
// Everything goes in as text nodes; no markup is ever made from data.
(async () => {
  const by = (id) => document.getElementById(id);
  if (!("DecompressionStream" in window)) return; // an older browser keeps the first 200
  const plain = by("packed").textContent.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(plain), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const data = JSON.parse(await new Response(stream).text());
  const severities = [...document.querySelectorAll("[data-severity]")];
  const names = severities.map((button) => button.className);
  const words = severities.map((button) => button.querySelector("span").textContent);
  const number = (n) => n.toLocaleString("en-US");

  const { rows } = data;
  const { door: doors, village: places, key: keys } = data.visits;
  const visits = doors.map((door, i) => ({ door, village: places[i], key: keys[i], rows: [] }));
  let visit = 0, value = 0;
  rows.kind.forEach((kind, i) => {
    visit += rows.step[i];
    const [rule, severity, fix, labels] = data.kinds[kind];
    const row = {
      no: i + 1, rule, severity, fix, member: rows.member[i],
      person: data.people[rows.person[i]], message: data.messages[rows.message[i]],
      found: labels.map((label) => [label, data.values[rows.value[value++]]]),
    };
    const home = visits[visit];
    row.text = [home.door, home.key, row.person, row.message, rule, ...row.found.flat()].join(" ").toLowerCase();
    home.rows.push(row);
  });

  const make = (tag, cls, ...inside) => {
    const element = document.createElement(tag);
    if (cls) element.className = cls;
    element.append(...inside);
    return element;
  };
  const finding = (row) => {
    const who = (row.member ? `คนที่ ${row.member} ` : "") + row.person;
    const tag = make("b", "tag " + names[row.severity], words[row.severity]);
    const box = make("div", "finding " + names[row.severity],
      make("p", "top", tag, " ", make("span", "no", `ที่ ${row.no} • ${row.rule}`)),
      make("p", "who", who), make("p", "what", row.message));
    if (row.found.length) {
      box.append(make("dl", "", ...row.found.map(([label, value]) =>
        make("div", "", make("dt", "", label), make("dd", "", value)))));
    }
    box.append(make("p", "fix", make("b", "", "วิธีแก้"), " " + row.fix));
    return box;
  };
  const card = ({ visit, rows: shown }) => {
    const place = make("p", "place");
    for (const part of data.villages[visit.village]) place.append(make("span", "whole", part), " ");
    if (visit.key) place.append(make("br"), make("span", "key", "รหัสครัวเรือน " + visit.key));
    return make("article", "visit", make("div", "home", make("h3", "", visit.door), place),
      make("div", "", ...shown.map(finding)));
  };

  const STEP = 40, PRINTS_WELL = 200;
  let severity = -1, chosen = [], drawn = 0;
  const draw = (count) => {
    by("list").append(...chosen.slice(drawn, drawn + count).map(card));
    drawn = Math.min(drawn + count, chosen.length);
    by("more").hidden = drawn === chosen.length;
    by("more").textContent = `แสดงบ้านต่อไป (เหลือ ${number(chosen.length - drawn)})`;
  };
  const filter = () => {
    const village = by("village").value, rule = by("rule").value;
    const words = by("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (row) => (severity < 0 || row.severity === severity) && (!rule || row.rule === rule)
      && words.every((word) => row.text.includes(word));
    chosen = visits
      .filter((visit) => !village || visit.village === Number(village))
      .map((visit) => ({ visit, rows: visit.rows.filter(fits) }))
      .filter((entry) => entry.rows.length);
    const homes = new Set(chosen.map(({ visit }) => visit.key).filter(Boolean)).size;
    const total = chosen.reduce((sum, entry) => sum + entry.rows.length, 0);
    by("found").textContent = total
      ? `พบ ${number(total)} รายการ ใน ${number(homes)} ครัวเรือน` : "ไม่พบรายการที่ตรงกับตัวกรอง";
    by("advice").textContent = total > PRINTS_WELL
      ? "พิมพ์มากกว่า 200 รายการ แนะนำให้พิมพ์แผ่นหมู่บ้านในไฟล์ Excel" : "";
    by("print").hidden = !total;
    by("list").replaceChildren();
    drawn = 0;
    draw(STEP);
  };

  data.villages.forEach((parts, i) => by("village").append(new Option(parts.join(" "), String(i))));
  severities.forEach((button, i) => {
    button.disabled = false;
    button.addEventListener("click", () => {
      severity = severity === i ? -1 : i;
      severities.forEach((other, j) => other.setAttribute("aria-pressed", String(severity === j)));
      filter();
    });
  });
  let wait = 0;
  by("query").addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 120); });
  by("village").addEventListener("change", filter);
  by("rule").addEventListener("change", filter);
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("more").addEventListener("click", () => {
    const next = drawn;
    draw(STEP);
    const first = by("list").children[next]?.querySelector("h3");
    if (first) { first.tabIndex = -1; first.focus(); } // keyboard and screen reader go on where the new ones begin
  });
  by("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => draw(chosen.length));
  by("filters").hidden = by("after").hidden = false;
  filter();
})();
