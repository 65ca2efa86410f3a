// The search box in the page's head: over indicators, localities, themes and sources, no accents needed.
// Joined behind canvas.js, whose `draw` puts the HTML on the page.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function searchBox(canvas, go) {
  const input = canvas.querySelector("[data-search]");
  if (!input || input.obsReady) return;
  input.obsReady = true;
  const list = canvas.querySelector("[role=listbox]");
  const status = canvas.querySelector(".obs-search [role=status]");
  // The index stands in a message of its own at the end of the page, which is sent once: see canvas.hold_search_index.
  const read = () => JSON.parse(globalThis.observatorySearchIndex).map(([name, kind, href, more]) => (
    { name, kind, href: href + input.dataset.suffix, text: folded(`${name} ${kind} ${more}`), own: folded(name) }
  ));
  const entries = () => (globalThis.observatorySearchIndex ? (input.obsEntries ??= read()) : []);
  let found = [];
  let active = -1;
  const mark = () => {
    [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); active = -1; };
  const draw = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) { status.textContent = ""; return close(); }
    found = entries()
      .filter((entry) => words.every((word) => entry.text.includes(word)))
      .map((entry) => ({ entry, rank: entry.own.startsWith(words[0]) ? 0 : entry.own.includes(words[0]) ? 1 : 2 }))
      .sort((one, other) => one.rank - other.rank)
      .slice(0, 8)
      .map(({ entry }) => entry);
    list.replaceChildren(...found.map((entry, position) => {
      const item = document.createElement("li");
      item.id = `obs-found-${position}`;
      item.setAttribute("role", "option");
      const link = document.createElement("a");
      link.href = entry.href;
      link.tabIndex = -1;
      link.textContent = entry.name;
      const kind = document.createElement("small");
      kind.textContent = entry.kind;
      item.append(link, kind);
      return item;
    }));
    status.textContent = found.length ? "" : input.dataset.none;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    active = found.length ? 0 : -1;
    mark();
  };
  input.oninput = draw;
  input.onfocus = draw;
  input.onblur = () => setTimeout(close, 150);
  input.onkeydown = (event) => {
    if (event.key === "Escape") { input.value = ""; draw(); }
    if (!found.length || list.hidden) return;
    if (event.key === "ArrowDown") active = (active + 1) % found.length;
    else if (event.key === "ArrowUp") active = (active - 1 + found.length) % found.length;
    else if (event.key === "Enter" && active >= 0) { const href = found[active].href; input.value = ""; close(); go(href); }
    else return;
    event.preventDefault();
    if (!list.hidden) mark();
  };
}

export default function (component) {
  const forget = draw(component);
  const canvas = component.parentElement.querySelector(".obs-canvas");
  const lang = canvas?.querySelector("[data-lang]")?.dataset.lang;
  if (lang) document.documentElement.lang = lang;
  if (canvas) searchBox(canvas, go);
  return forget;
}
