// Draws our own HTML in the page and turns clicks on its links into navigation without reloading.
// Plain clicks on links inside the app change the address and the page runs; modified clicks stay the browser's.
function draw({ parentElement, data }) {
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
    go(href);
  };
  return () => { canvas.onclick = null; };
}

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
