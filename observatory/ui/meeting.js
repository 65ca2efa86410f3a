// Joined to engine.js, which calls it for each canvas.
// Meeting mode: the screen fills whatever projects it, and keys or a clicker walk through the agenda. A view has parts,
// and lists and tables are cut into the rows that fit: steps. → and a clicker walk those that tell the view, ↓ all.
function meeting(canvas, go) {
  const root = canvas.querySelector("[data-meeting]");
  if (!root && document.obsMeeting?.root.isConnected) return;
  document.obsMeeting?.abort();
  document.obsMeeting = undefined;
  if (!root) return;
  const control = Object.assign(new AbortController(), { root });
  document.obsMeeting = control;
  const { signal } = control;
  const kept = (name, value) => {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name);
  };
  const room = root.querySelector(".obs-screen-room");
  const bodies = [...room.children];
  const isSeen = (one) => one.getClientRects().length > 0;
  const WORDS = [1, 0.92, 0.84, 0.76, 0.68, 0.6]; // shares of their size that words may be written in; style says the least

  // A picture takes all the room its place leaves, in its own proportions.
  const stretch = (body) => {
    const picture = [...body.querySelectorAll(".obs-screen-picture > svg")].find((one) => isSeen(one.parentElement));
    const box = picture?.viewBox.baseVal;
    if (!box?.width) return;
    picture.removeAttribute("width");
    picture.removeAttribute("height");
    picture.style.cssText = "width:0;height:0;flex:none;max-width:none";
    const frame = picture.parentElement;
    const legend = frame.querySelector(".obs-screen-legend");
    const isBelow = getComputedStyle(frame).flexDirection === "column";
    const width = frame.clientWidth - (legend && !isBelow ? legend.offsetWidth + 32 : 0);
    const under = legend && isBelow ? legend.offsetHeight + 16 : 0;
    const height = Math.max(room.clientHeight - (frame.offsetTop - body.offsetTop) - under, 200);
    const scale = Math.min(width / box.width, height / box.height);
    picture.style.cssText = `width:${box.width * scale}px;height:${box.height * scale}px;flex:none;max-width:none`;
  };
  const fits = (body) => body.scrollHeight <= room.clientHeight + 1 && body.scrollWidth <= room.clientWidth + 1;
  // The rows of a list that fit, from one on.
  const rowsFrom = (body, rows, from) => {
    let to = from;
    do { rows[to].hidden = false; to += 1; } while (to < rows.length && fits(body));
    if (!fits(body) && to - from > 1) { to -= 1; rows[to].hidden = true; }
    return to;
  };
  const stepsOf = (body) => {
    const list = body.querySelector("[data-rows], tbody");
    const rows = list ? [...list.children] : [];
    for (const row of rows) row.hidden = false;
    for (const share of WORDS) {
      body.style.setProperty("--words", share);
      stretch(body);
      if (fits(body) || !body.querySelector(".obs-screen-told")) break;
    }
    const isDetail = "detail" in body.dataset;
    if (!rows.length || fits(body)) return [{ body, rows, from: 0, to: rows.length, isDetail }];
    const found = [];
    for (let from = 0; from < rows.length;) {
      for (const row of rows) row.hidden = true;
      const to = rowsFrom(body, rows, from);
      found.push({ body, rows, from, to, isDetail: isDetail || (found.length > 0 && list.dataset.rows !== "main") });
      from = to;
    }
    return found;
  };
  let steps = [];
  let at = 0;
  const part = root.querySelector("[data-part]");
  const arrow = (name) => root.querySelector(`[data-walk=${name}]`);
  const show = (step) => {
    at = Math.max(0, Math.min(step, steps.length - 1));
    const { body, rows, from, to } = steps[at];
    for (const one of bodies) one.hidden = one !== body;
    rows.forEach((row, place) => { row.hidden = place < from || place >= to; });
    const alike = steps.filter((one) => one.isDetail === steps[at].isDetail);
    const said = steps[at].isDetail ? part.dataset.table : part.dataset.part;
    part.textContent = said.replace("{n}", alike.indexOf(steps[at]) + 1).replace("{total}", alike.length);
    part.hidden = alike.length < 2 && !steps[at].isDetail;
    arrow("down").hidden = steps[at].isDetail || !steps.some((one) => one.isDetail);
    arrow("previous").hidden = !root.dataset.previous && at === 0;
    arrow("next").hidden = !root.dataset.next && !following();
    root.dataset.step = `${at + 1}/${steps.length}`;
  };
  // The next step that tells the view, or the one before.
  const following = () => steps.findIndex((one, place) => place > at && !one.isDetail) + 1;
  const preceding = () => steps.findLastIndex((one, place) => place < at && !one.isDetail) + 1;
  const fit = () => {
    const base = innerWidth < 700 ? 560 : 1280;
    const scale = innerWidth / base;
    root.style.cssText = `width:${base}px;height:${innerHeight / scale}px;transform:scale(${scale})`;
    steps = bodies.flatMap((body) => {
      for (const one of bodies) one.hidden = one !== body;
      return stepsOf(body);
    });
    show(at);
  };
  const walk = (name) => { const href = root.dataset[name]; if (href) go(href); };
  const back = () => { kept("obs-meeting-back", "1"); walk("previous"); };
  const WALK = {
    next: () => { const step = following(); return step ? show(step - 1) : walk("next"); },
    previous: () => { const step = preceding(); return step ? show(step - 1) : back(); },
    down: () => (at + 1 < steps.length ? show(at + 1) : walk("next")),
    up: () => (at > 0 ? show(at - 1) : back()),
  };
  fit();
  if (kept("obs-meeting-back")) { // walked back into this view: its last telling step
    sessionStorage.removeItem("obs-meeting-back");
    show(steps.findLastIndex((one) => !one.isDetail));
  }
  requestAnimationFrame(fit);
  addEventListener("resize", fit, { signal });
  root.addEventListener("click", (event) => {
    const act = WALK[event.target.closest("[data-walk]")?.dataset.walk];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, { signal });
  const agenda = root.querySelector(".obs-screen-agenda");
  const timer = root.querySelector("[data-timer]");
  const elapsed = root.querySelector("[data-elapsed]");
  if (!kept("obs-meeting-start")) kept("obs-meeting-start", String(Date.now()));
  timer.hidden = kept("obs-meeting-timer") !== "1";
  const tell = () => {
    const seconds = Math.floor((Date.now() - Number(kept("obs-meeting-start"))) / 1000);
    const said = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.textContent = said;
    elapsed.textContent = said;
  };
  tell();
  const clock = setInterval(tell, 1000);
  signal.addEventListener("abort", () => clearInterval(clock));
  // The keys are named while the mouse moves, and not while it rests.
  const sign = root.querySelector(".obs-screen-keys");
  let resting;
  addEventListener("mousemove", () => {
    sign.hidden = false;
    clearTimeout(resting);
    resting = setTimeout(() => { sign.hidden = true; }, 3000);
  }, { signal });
  signal.addEventListener("abort", () => clearTimeout(resting));
  const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const KEYS = {
    ArrowRight: WALK.next, PageDown: WALK.next, " ": WALK.next, Enter: WALK.next,
    ArrowLeft: WALK.previous, PageUp: WALK.previous, Backspace: WALK.previous,
    ArrowDown: WALK.down, ArrowUp: WALK.up,
    Home: () => walk("first"), End: () => walk("last"),
    Escape: () => {
      if (!agenda.hidden) { agenda.hidden = true; return; }
      sessionStorage.removeItem("obs-meeting-start");
      walk("leave");
    },
    a: () => { agenda.hidden = !agenda.hidden; },
    "?": () => { agenda.hidden = !agenda.hidden; },
    t: () => { timer.hidden = !timer.hidden; kept("obs-meeting-timer", timer.hidden ? "0" : "1"); },
    0: () => { kept("obs-meeting-start", String(Date.now())); tell(); },
    b: () => root.classList.toggle("obs-dark"),
    ".": () => root.classList.toggle("obs-dark"),
    f: fill,
    F5: fill, // what clickers send to begin
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea")) return;
    if (event.key === "Enter" && event.target.closest?.("a, button")) return;
    if (!root.isConnected) { control.abort(); return; }
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, { signal, capture: true });
}
