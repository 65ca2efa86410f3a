// Inlined in the page's first HTML. Shows at once the page as this browser last drew it at this address, until the
// live page stands beneath it; and keeps what the live page draws. A kept page lives in a shadow root: none of its ids
// and styles reaches the live page. It is shown only where everything that it was drawn for is the same (`fit`).
(() => {
  const KEPT = "obs-page ", LONGEST = 600_000, ALL = 2_400_000; // characters of one kept page, and of all of them
  const SETTLED = 400, PATIENCE = 8000, OTHERWISE = 1000; // milliseconds
  const SCROLLED = "[data-testid=stMain], .obs-scroll";
  const { stamp } = document.currentScript.dataset;
  const { lang } = document.documentElement;
  const live = () => document.querySelector("#root .stApp");
  let host, typed, waiting;

  const path = () => location.pathname.replace(/\/$/, "/overview"); // where the first address leads
  const fit = () => {
    const chosen = Object.entries(localStorage).filter(([key]) => key.startsWith(`stActiveTheme-${path()}-`));
    const themes = chosen.map(([, theme]) => theme).filter((theme) => theme !== '"System"');
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    return [stamp, lang, navigator.language, isDark, innerWidth, ...themes].join(" ");
  };
  const parts = (place) => place.querySelectorAll("[data-testid], canvas").length;
  const isDrawn = (app) => app?.dataset.testScriptState === "notRunning" && !app.querySelector("[data-stale=true], [data-testid$=Skeleton]")
    && [...app.querySelectorAll(".obs-canvas")].every((one) => one.obsHtml);

  const drop = () => {
    host?.remove();
    host = undefined;
  };
  // The live page takes over where the reader is.
  const swap = () => {
    const kept = host.shadowRoot, link = kept.activeElement?.getAttribute("href");
    const places = [...kept.querySelectorAll(SCROLLED)].map((one) => [one.scrollLeft, one.scrollTop]);
    drop();
    document.querySelectorAll(SCROLLED).forEach((one, index) => one.scrollTo(...(places[index] ?? [0, 0])));
    if (link) live()?.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
  };
  const show = () => {
    const [, fitted, global, rules, html] = (localStorage.getItem(KEPT + path() + location.search) ?? "").split("\0");
    if (!stamp || fitted !== fit()) return;
    host = Object.assign(document.createElement("div"), { id: "obs-kept" });
    host.setAttribute("aria-busy", "true");
    host.attachShadow({ mode: "open" }).innerHTML = `<style>${rules}</style>${html}`;
    const style = document.createElement("style");
    style.textContent = `${global} #root { visibility: hidden; isolation: isolate } #obs-kept { position: fixed; inset: 0; z-index: 1 }
      @media print { #root { display: none } #obs-kept { position: static } }`;
    host.append(style);
    document.body.append(host);
    const wanted = parts(host.shadowRoot.querySelector(".stApp"));
    let scrolled = 0, drawn;
    host.shadowRoot.addEventListener("scroll", () => { scrolled = performance.now(); }, { capture: true, passive: true });
    const look = () => {
      if (!host) return;
      const now = performance.now(), app = live();
      if (app?.querySelector(".obs-empty, .stException") || document.querySelector("[role=dialog]")) return drop();
      drawn = isDrawn(app) ? drawn ?? now : undefined;
      if (drawn && now - drawn > (parts(app) < wanted ? OTHERWISE : 0) && now - scrolled > 150) return swap();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    setTimeout(() => host && swap(), PATIENCE);
    addEventListener("popstate", drop, { once: true });
    addEventListener("error", (event) => event.target.tagName === "SCRIPT" && drop(), { capture: true });
  };

  // Our own HTML as the server sent it, without what the reader did to it; widgets as they stand, not to be used.
  const serialised = (app) => {
    const copy = app.cloneNode(true), canvases = app.querySelectorAll(".obs-canvas");
    copy.querySelectorAll(".obs-canvas").forEach((one, place) => { one.innerHTML = canvases[place].obsHtml; });
    copy.querySelectorAll("script, template").forEach((one) => one.remove());
    copy.querySelectorAll('button, input, textarea, summary, canvas, a[href^="#"]').forEach((one) => { one.inert = true; });
    for (const name of ["data-focused", "data-focus-visible", "data-focus-within", "data-hovered", "data-pressed"])
      copy.querySelectorAll(`[${name}]`).forEach((one) => one.removeAttribute(name));
    return copy.outerHTML;
  };
  const keep = () => {
    const app = live(), page = path().split("/").pop();
    const asked = JSON.stringify([stamp, page, [...new URLSearchParams(location.search)]]);
    const isAsked = app?.querySelector("[data-drawn]")?.dataset.drawn === asked; // what is drawn is what the address says
    if (host || !isAsked || !isDrawn(app) || app.querySelector(".obs-empty, .stException, [aria-expanded=true]")) return;
    if (typed && typed === document.activeElement) return;
    const texts = { true: "", false: "" };
    for (const { ownerNode, cssRules } of [...document.styleSheets].filter((one) => one.ownerNode.dataset.emotion))
      texts[ownerNode.dataset.emotion.endsWith("global")] += [...cssRules].map((rule) => rule.cssText).join("");
    const text = [Date.now(), fit(), texts.true, texts.true + texts.false, serialised(app)].join("\0");
    const key = KEPT + path() + location.search;
    const before = Object.entries(localStorage).filter(([name]) => name.startsWith(KEPT) && name !== key);
    let room = ALL - text.length;
    for (const [name, old] of before.sort(([, one], [, other]) => other.localeCompare(one))) {
      room -= old.length;
      if (room < 0 || !old.slice(14).startsWith(`${stamp} `)) localStorage.removeItem(name);
    }
    if (text.length < LONGEST) localStorage.setItem(key, text);
  };
  const tried = (act) => {
    try {
      act();
    } catch (reason) {
      drop(); // no storage, or no room in it: the page comes as on the first visit
      console.info("No page is kept:", reason);
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(tried, SETTLED, keep);
  };
  tried(show);
  addEventListener("input", (event) => { typed = event.target; }, true);
  addEventListener("focusout", later);
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-test-script-state"] });
})();
