// Joined to engine.js, which calls it for each canvas.
// Meeting mode: the screen fills whatever projects it, and keys or a clicker walk through the agenda.
function meeting(canvas, go) {
  const root = canvas.querySelector("[data-meeting]");
  if (!root && document.obsMeeting?.root.isConnected) return;
  document.obsMeeting?.abort();
  document.obsMeeting = undefined;
  if (!root) return;
  const control = Object.assign(new AbortController(), { root });
  document.obsMeeting = control;
  const { signal } = control;
  const body = root.querySelector(".obs-screen-body");
  const pictures = [...root.querySelectorAll(".obs-screen-picture > svg")];
  // A picture takes all the room its place leaves, in its own proportions.
  const stretch = (room) => {
    const picture = pictures.find((one) => one.parentElement.getClientRects().length);
    const box = picture?.viewBox.baseVal;
    if (!box?.width) return;
    picture.removeAttribute("width");
    picture.removeAttribute("height");
    picture.style.cssText = "width:0;height:0;flex:none;max-width:none";
    const beside = picture.parentElement.querySelector(".obs-screen-legend");
    const width = picture.parentElement.clientWidth - (beside ? beside.offsetWidth + 32 : 0);
    const scale = Math.min(width / box.width, Math.max(room - picture.parentElement.offsetTop + body.offsetTop, 200) / box.height);
    picture.style.cssText = `width:${box.width * scale}px;height:${box.height * scale}px;flex:none;max-width:none`;
  };
  const fit = () => {
    const base = innerWidth < 700 ? 560 : 1280;
    const scale = innerWidth / base;
    root.style.cssText = `width:${base}px;height:${innerHeight / scale}px;transform:scale(${scale})`;
    const room = body.parentElement.clientHeight;
    body.style.cssText = "";
    stretch(room);
    for (let turn = 0, shrink = 1; turn < 6 && body.scrollHeight * shrink > room + 1; turn += 1) {
      shrink = Math.max(0.4, shrink * Math.sqrt(room / (body.scrollHeight * shrink)) - 0.005);
      body.style.cssText = `width:${100 / shrink}%;transform:scale(${shrink})`;
    }
  };
  fit();
  requestAnimationFrame(fit);
  addEventListener("resize", fit, { signal });
  const agenda = root.querySelector(".obs-screen-agenda");
  const timer = root.querySelector("[data-timer]");
  const elapsed = root.querySelector("[data-elapsed]");
  const kept = (name, value) => {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name);
  };
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
  const walk = (name) => { const href = root.dataset[name]; if (href) go(href); };
  const KEYS = {
    ArrowRight: () => walk("next"), ArrowDown: () => walk("next"), PageDown: () => walk("next"), " ": () => walk("next"),
    ArrowLeft: () => walk("previous"), ArrowUp: () => walk("previous"), PageUp: () => walk("previous"),
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
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea")) return;
    if (!root.isConnected) { control.abort(); return; }
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, { signal, capture: true });
}
