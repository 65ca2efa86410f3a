// What every page does with our own HTML: links navigate without reloading, buttons act, charts come alive.
// Sent to a browser once; search.js and meeting.js stand behind it. Each canvas tells it when its HTML was drawn.
function drawn(canvas) {
  const lang = canvas.querySelector("[data-lang]")?.dataset.lang;
  if (lang) document.documentElement.lang = lang;
  searchBox(canvas, go);
  meeting(canvas, go);
  nameMap(canvas);
}

// Plain clicks on links inside the app change the address and the page runs; modified clicks stay the browser's.
const follow = (event, link) => {
  const href = link.getAttribute("href");
  if (href.startsWith("#")) {
    event.preventDefault(); // an address with # would stop Back from running the page
    const part = document.getElementById(href.slice(1));
    for (let at = part?.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    return part?.focus();
  }
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!href.startsWith("/") || href.startsWith("/app/") || !isPlain || link.target) return;
  event.preventDefault();
  go(href);
};

// Says what deck.gl's map is and which keys move it: deck.gl itself lets a keyboard in without a name.
const nameMap = (canvas) => {
  const told = canvas.querySelector("[data-map]")?.dataset.map;
  if (!told) return;
  const name = () => {
    const map = document.querySelector(".deck-events-root");
    map?.setAttribute("role", "application");
    map?.setAttribute("aria-label", told);
    return map;
  };
  if (name()) return;
  const waiting = new MutationObserver(() => name() && waiting.disconnect());
  waiting.observe(document.body, { childList: true, subtree: true });
};

const clicked = (event) => {
  const canvas = event.target.closest?.(".obs-canvas");
  if (!canvas) return;
  const link = event.target.closest("a[href]");
  if (link) return follow(event, link);
  const action = event.target.closest("[data-action]");
  if (action) return ACTIONS[action.dataset.action]?.(action, canvas);
  const chart = event.target.closest(".obs-live");
  if (chart) enliven(chart);
};

const pointedAt = (event) => {
  const chart = event.pointerType !== "touch" && event.target.closest?.(".obs-live");
  if (chart) enliven(chart);
};

// Draws a chart's figure with plotly over its picture, once it is pointed at; the picture stays for print.
const enliven = async (chart) => {
  if (chart.dataset.live) return;
  chart.dataset.live = "asked";
  try {
    const plotly = await plotlyFrom(chart.dataset.script);
    const picture = [...chart.querySelectorAll("svg")].find((one) => one.clientWidth);
    if (!picture || !chart.isConnected) return delete chart.dataset.live;
    const { data, layout, config } = JSON.parse(inPlainColours(picture.parentElement.querySelector("script").textContent, chart));
    const { width, height } = picture.viewBox.baseVal;
    const plot = document.createElement("div");
    plot.className = "obs-plot";
    plot.style.transform = `scale(${picture.clientWidth / width})`;
    chart.append(plot);
    await plotly.newPlot(plot, data, { ...layout, width, height, autosize: false }, config);
    chart.dataset.live = "drawn";
    new ResizeObserver((_, observer) => {
      if (Math.abs(picture.clientWidth - width * plot.getBoundingClientRect().width / plot.offsetWidth) < 2) return;
      observer.disconnect();
      rest(chart);
    }).observe(chart);
  } catch (reason) {
    chart.dataset.live = "failed";  // the picture and the table beside it stay
    console.warn("The chart stays a picture:", reason);
  }
};

// Back to the picture.
const rest = (chart) => {
  const plot = chart.querySelector(".obs-plot");
  if (plot) globalThis.Plotly?.purge(plot);
  plot?.remove();
  delete chart.dataset.live;
};

// Loads plotly once, from this server.
const plotlyFrom = (address) => {
  globalThis.observatoryPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => globalThis.Plotly ? resolve(globalThis.Plotly) : reject(new Error(`no plotly at ${address}`));
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });
  return globalThis.observatoryPlotly;
};

// Colours that follow the page as the plain ones they are here: plotly does not know `light-dark()`.
const inPlainColours = (text, place) => {
  const probe = place.appendChild(document.createElement("i"));
  const plain = text.replaceAll(/light-dark\((?:[^()]|\([^()]*\))+\)/g, (colour) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return plain;
};

// Goes to an address of the dashboard as the browser's own Back and Forward do: one entry in its history, one run.
const go = (href) => {
  if (href === document.location.pathname + document.location.search) return;
  const isOtherPage = new URL(href, document.location.href).pathname !== document.location.pathname;
  history.pushState({}, "", href);
  if (isOtherPage) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
};

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
  // Copies a text that is no address.
  text: async (button) => {
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = "";  // no clipboard on plain http: the text stands above, to be copied by hand
    }
  },
  print: () => window.print(),
};

export default function () {
  if (globalThis.observatoryDrawn) return;
  globalThis.observatoryDrawn = drawn;
  document.addEventListener("click", clicked);
  document.addEventListener("pointerover", pointedAt);
  document.querySelectorAll(".obs-canvas").forEach(drawn);
}
