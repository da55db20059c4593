// What the pages can do beside being read: find a statement, and look around in the graph.
"use strict";

const form = document.querySelector("form.search");
if (form) {
  form.hidden = false;
  const field = form.querySelector("input");
  const count = form.querySelector("output");
  const rows = [...document.querySelectorAll("tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = words.length ? `${shown} of ${rows.length}` : "";
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", find);
}

const focus = document.querySelector("form.focus");
if (focus) {
  focus.hidden = false;
  const [chosen, depth] = focus.querySelectorAll("select");
  const pictures = [...document.querySelectorAll(".picture svg")];
  const nodes = new Map();
  const edges = [];
  for (const group of document.querySelectorAll(".picture g[data-key]")) {
    nodes.set(group.dataset.key, group);
    chosen.add(new Option(group.dataset.key, group.dataset.key));
  }
  for (const path of document.querySelectorAll(".picture path[data-from]")) edges.push(path);

  const reached = (start, from, to, limit) => {
    const found = new Map([[start, 0]]);
    const todo = [start];
    while (todo.length) {
      const key = todo.shift();
      if (found.get(key) >= limit) continue;
      for (const edge of edges) {
        if (edge.dataset[from] === key && !found.has(edge.dataset[to])) {
          found.set(edge.dataset[to], found.get(key) + 1);
          todo.push(edge.dataset[to]);
        }
      }
    }
    return found;
  };
  const show = () => {
    const key = chosen.value;
    const limit = depth.value ? Number(depth.value) : Infinity;
    const below = key ? reached(key, "to", "from", limit) : null;
    const above = key ? reached(key, "from", "to", limit) : null;
    const near = (name) => !key || below.has(name) || above.has(name);
    for (const [name, group] of nodes) {
      group.style.opacity = near(name) ? 1 : 0.12;
      group.classList.toggle("chosen", name === key);
    }
    for (const edge of edges) {
      const { from, to } = edge.dataset;
      const on = !key || (below.has(from) && below.has(to)) || (above.has(from) && above.has(to));
      edge.style.opacity = on ? 1 : 0.06;
    }
    const state = new URLSearchParams();
    if (key) state.set("at", key);
    if (depth.value) state.set("depth", depth.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname);
    if (key && nodes.has(key)) nodes.get(key).scrollIntoView({ block: "center", inline: "center" });
  };
  chosen.addEventListener("change", show);
  depth.addEventListener("change", show);
  focus.addEventListener("submit", (event) => event.preventDefault());

  let scale = 1;
  const zoom = (factor) => {
    scale = factor ? Math.min(4, Math.max(0.1, scale * factor)) : 1;
    for (const picture of pictures) {
      const [, , width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
      picture.setAttribute("width", width * scale);
      picture.setAttribute("height", height * scale);
    }
  };
  const factors = { in: 1.25, out: 0.8, reset: 0 };
  for (const button of focus.querySelectorAll("button")) {
    button.addEventListener("click", () => zoom(factors[button.dataset.zoom]));
  }
  for (const box of document.querySelectorAll(".picture")) {
    box.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") zoom(1.25);
      if (event.key === "-") zoom(0.8);
      if (event.key === "0") zoom(0);
    });
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.1 : 0.9);
    }, { passive: false });
    let held = null;
    box.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && !event.target.closest("a")) {
        held = [event.clientX + box.scrollLeft, event.clientY + box.scrollTop];
      }
    });
    box.addEventListener("pointermove", (event) => {
      if (held) box.scrollTo(held[0] - event.clientX, held[1] - event.clientY);
    });
    for (const name of ["pointerup", "pointerleave"]) box.addEventListener(name, () => (held = null));
  }
  const room = document.querySelector(".picture");
  const widest = Math.max(...pictures.map((picture) => picture.viewBox.baseVal.width));
  if (room && widest > room.clientWidth) zoom(Math.max(0.45, room.clientWidth / widest));
  for (const box of document.querySelectorAll(".picture")) {
    box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }
  const state = new URLSearchParams(location.hash.slice(1));
  chosen.value = nodes.has(state.get("at")) ? state.get("at") : "";
  depth.value = state.get("depth") || "";
  if (chosen.value) show();
}
