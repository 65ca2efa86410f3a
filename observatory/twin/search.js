// Narrows the index to the words typed; without it the whole index stays readable.
const box = document.querySelector("[data-find]");
if (box) {
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll("[data-words]")].map((item) => [item, folded(item.textContent + " " + item.dataset.words)]);
  const none = document.querySelector("[data-none]");
  box.hidden = false;
  box.querySelector("input").addEventListener("input", (event) => {
    const words = folded(event.target.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      found += item.hidden ? 0 : 1;
    }
    none.textContent = found ? "" : none.dataset.none;
  });
}
