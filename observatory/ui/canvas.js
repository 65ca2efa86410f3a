// Draws our own HTML in the page; what links and buttons in it do is in engine.js, which is sent once.
export default ({ parentElement, data }) => {
  const canvas = parentElement.querySelector(".obs-canvas");
  if (!canvas || canvas.obsHtml === data.html) return;
  canvas.obsHtml = data.html;
  canvas.innerHTML = data.html;
  globalThis.observatoryDrawn?.(canvas);
};
