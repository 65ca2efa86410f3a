// Draws our own HTML in the page and turns clicks on its links into navigation without reloading.
// Plain clicks on links inside the app are told to the server; modified clicks stay the browser's.
export default function ({ parentElement, data, setTriggerValue }) {
  const canvas = parentElement.querySelector(".obs-canvas");
  if (!canvas) return;
  if (canvas.obsHtml !== data.html) {
    canvas.obsHtml = data.html;
    canvas.innerHTML = data.html;
  }
  canvas.onclick = (event) => {
    const link = event.target.closest("a[href]");
    if (link) return follow(event, link);
    const action = event.target.closest("[data-action]");
    if (action) ACTIONS[action.dataset.action]?.(action, canvas);
  };
  const follow = (event, link) => {
    const href = link.getAttribute("href");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!href.startsWith("/") || href.startsWith("/app/") || !isPlain || link.target) return;
    event.preventDefault();
    setTriggerValue("go", href);
  };
  searchBox(canvas, (href) => setTriggerValue("go", href));
  return () => { canvas.onclick = null; };
}

const ACTIONS = {
  // Copies the full link of this view, pinned to its edition.
  copy: async (button) => {
    const address = new URL(button.dataset.copy, document.location.origin).href;
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = address;  // no clipboard on plain http: the address is shown to be copied by hand
    }
  },
  print: () => window.print(),
};

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Search over indicators, localities, themes and sources: no accents needed, arrows and Enter work.
function searchBox(canvas, go) {
  const input = canvas.querySelector("[data-search]");
  if (!input || input.obsReady) return;
  input.obsReady = true;
  const list = canvas.querySelector("[role=listbox]");
  const status = canvas.querySelector(".obs-search [role=status]");
  const entries = JSON.parse(canvas.querySelector("[data-search-index]").textContent)
    .map(([name, kind, href, more]) => ({ name, kind, href: href + input.dataset.suffix, text: folded(`${name} ${kind} ${more}`), own: folded(name) }));
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
    found = entries
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
