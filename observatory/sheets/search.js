// The search box in the page's head: over indicators, localities, themes and sources, no accents needed.
// On the dashboard engine.js calls it for each canvas; in the static twin the index page does.
const SHOWN = 8;
const NEAREST = 4;
const INSIDE = 4; // letters of a word that may stand inside another
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => text.match(/\p{L}+|\p{N}+/gu) ?? []; // PM2.5, PM 2,5 and pm2 5 are the same

// Letters to add, take away, change or swap until one word is the other.
function distance(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change);
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
}

// How far a word is from the nearest of some words, or a long one from its beginning; nothing when it is too far.
function farness(word, all) {
  const allowed = word.length < 3 ? 0 : word.length < 6 ? 1 : 2;
  const isShort = word.length <= INSIDE; // beginnings of its length are near to too much
  const beginning = (one) => (isShort ? one : one.slice(0, word.length));
  const found = Math.min(...all.map((one) => Math.min(distance(word, one), distance(word, beginning(one)))));
  return found <= allowed ? found : undefined;
}

// The same for an entry: by its name, else by what else it is found by, which counts as farther than any slip.
function farFrom(word, entry) {
  const byName = farness(word, (entry.ownWords ??= wordsOf(entry.own)));
  if (byName !== undefined) return byName;
  if (word.length <= INSIDE) return undefined; // a short word is near to too much
  const byMore = farness(word, (entry.words ??= [...new Set(wordsOf(entry.text))]));
  return byMore === undefined ? undefined : byMore + 3;
}

const begins = (all, words) => words.every((word) => all.some((one) => one.startsWith(word)));

// How well an entry has every word: 0 its name is theirs, 1 it begins with them, 2 words of the name begin so, 3 further
// words do, 4 the letters stand inside words; nothing when one is missing.
function closeness(entry, words) {
  entry.ownWords ??= wordsOf(entry.own);
  entry.words ??= [...new Set(wordsOf(entry.text))];
  const said = words.join(" ");
  const name = entry.ownWords.join(" ");
  if (name === said) return 0;
  if (name.startsWith(said)) return 1;
  if (begins(entry.ownWords, words)) return 2;
  if (begins(entry.words, words)) return 3;
  const isLong = words.every((word) => word.length >= INSIDE);
  return isLong && words.every((word) => entry.own.includes(word)) ? 4 : undefined;
}

// Entries that have every word, the closest first, in the order of the index: localities stand before units. What has
// the letters inside words only is offered where nothing begins with them.
function matching(entries, words) {
  const found = entries
    .map((entry) => ({ entry, rank: closeness(entry, words) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => one.rank - other.rank);
  const isBegun = found.some(({ rank }) => rank < 4);
  return found.filter(({ rank }) => !isBegun || rank < 4).slice(0, SHOWN).map(({ entry }) => entry);
}

// What may have been meant: entries near to most of the words, then every theme.
function suggested(entries, words, themeKind) {
  const near = entries
    .map((entry) => ({ entry, far: words.map((word) => farFrom(word, entry)) }))
    .filter(({ far }) => far.some((one) => one !== undefined))
    .map(({ entry, far }) => ({ entry, far: far.reduce((sum, one) => sum + (one ?? 6), 0) }))
    .sort((one, other) => one.far - other.far)
    .slice(0, NEAREST)
    .map(({ entry }) => entry);
  return [...near, ...entries.filter((entry) => entry.kind === themeKind && !near.includes(entry))];
}

function searchBox(canvas, go) {
  const input = canvas.querySelector("[data-search]");
  if (!input || input.obsReady) return;
  input.obsReady = true;
  const list = canvas.querySelector("[role=listbox]");
  const status = canvas.querySelector(".obs-search [role=status]");
  // The dashboard sends the index once, in a message of its own (canvas.hold_search_index); the twin has it as a file.
  const read = () => JSON.parse(globalThis.observatorySearchIndex).map(([name, kind, href, more]) => (
    { name, kind, href: input.dataset.base + href + input.dataset.suffix, text: folded(`${name} ${kind} ${more}`), own: folded(name) }
  ));
  const entries = () => (globalThis.observatorySearchIndex ? (input.obsEntries ??= read()) : []);
  let found = [];
  let active = -1; // what the arrows marked
  let opened; // what Enter opens while nothing is marked
  const mark = () => {
    [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    active = -1;
    mark();
  };
  const say = (text, isShown) => {
    status.textContent = text;
    status.classList.toggle("obs-heard", !isShown);
  };
  const option = (entry, position) => {
    const item = document.createElement("li");
    item.id = `obs-found-${position}`;
    item.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = entry.name;
    const kind = document.createElement("small");
    kind.textContent = entry.kind;
    item.append(name, kind);
    item.onclick = (event) => (event.ctrlKey || event.metaKey ? window.open(entry.href) : open(entry.href));
    return item;
  };
  const open = (href) => {
    input.value = "";
    draw();
    go(href);
  };
  const draw = () => {
    const words = wordsOf(folded(input.value));
    const all = entries();
    if (!words.length || !all.length) {
      say("", false);
      return close();
    }
    const { none, some, one, theme } = input.dataset;
    found = matching(all, words);
    const isFound = found.length > 0;
    if (!isFound) found = suggested(all, words, theme);
    say((isFound ? (found.length === 1 ? one : some) : none).replace("{text}", input.value.trim()).replace("{n}", found.length), !isFound);
    list.replaceChildren(...found.map(option));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
    opened = isFound ? found[0] : undefined; // what was only guessed is not opened by Enter alone
    mark();
  };
  input.oninput = draw;
  input.onfocus = draw;
  input.onblur = close;
  list.onmousedown = (event) => event.preventDefault(); // a click on the list leaves the box its focus
  input.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      input.value = "";
      draw();
    } else if (step && list.hidden) draw();
    else if (step) {
      active = active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length;
      mark();
    } else if (event.key === "Enter" && !list.hidden && (found[active] ?? opened)) {
      open((found[active] ?? opened).href);
    } else return;
    event.preventDefault();
  };
}
