// Leads through the scenes of a story by keys and buttons, on the stage and in the notes. All scenes are here, so that
// nothing needs the server; the address follows, and so do other windows that show the same story. Of a long story of a
// link some scenes may be missing at first: they are asked for at once, those from the present one on before the others.

const STEPS = {
  first: () => 0,
  previous: (place) => place - 1,
  next: (place) => place + 1,
  last: (place, scenes) => scenes - 1,
};
const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", PageUp: "previous", Home: "first", End: "last",
};
const SIZES = [[46, 24], [42, 24], [38, 24], [34, 24], [30, 24], [30, 21], [28, 19]]; // of the finding and of the source
const BREATH = 300; // milliseconds between two batches of scenes
const BEGAN = "when the story began";

export default function ({ data, parentElement, setTriggerValue }) {
  parentElement.leave?.(); // new data comes without an end of the old
  const part = (name) => parentElement.querySelector(`[data-part="${name}"]`);
  const say = (name, text) => { if (part(name)) part(name).textContent = text; };
  const dialog = parentElement.querySelector("dialog");
  const leaving = new AbortController();
  const when = (target, event, act) => target?.addEventListener(event, act, { signal: leaving.signal });
  const asked = () => new URL(location.href).searchParams;

  // What lasts when the component is given new data.
  const kept = (parentElement.story ??= { start: data.start, place: data.start, left: false });
  if (kept.start !== data.start) kept.place = kept.start = data.start;
  kept.place = Math.min(kept.place, data.scenes.length - 1);

  const pictures = data.scenes.map((scene) => (dialog ? drawn(scene.picture) : null));

  function addressOf(svg) {
    return svg && `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  function drawn(picture) {
    if (!picture) return "";
    if (picture.rows) return tableOf(picture);
    const image = new Image();
    image.alt = picture.alt;
    unpacked(picture.packed).then((svg) => { image.src = addressOf(svg); });
    return image;
  }

  function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  function tableOf(picture) {
    const table = document.createElement("table");
    table.setAttribute("aria-label", picture.alt);
    const numbers = (picture.rows[0] ?? []).map((cell) => typeof cell === "number");
    const line = (place, tag, cells) => {
      const row = place.insertRow();
      cells.forEach((cell, column) => {
        const box = row.appendChild(document.createElement(tag));
        if (tag === "th") box.scope = "col";
        box.className = numbers[column] ? "number" : "";
        box.textContent = typeof cell === "number" ? cell.toLocaleString("en-GB") : cell;
      });
    };
    line(table.createTHead(), "th", picture.columns);
    const body = table.createTBody();
    for (const cells of picture.rows) line(body, "td", cells);
    return table;
  }

  function paint() {
    const { place } = kept;
    const scene = data.scenes[place];
    for (const name of ["topic", "finding", "sentence", "missing", "source", "notes", "link"]) say(name, scene[name]);
    part("missing").hidden = !scene.missing;
    say("place", `${place + 1} of ${data.scenes.length}`);
    say("next finding", data.scenes[place + 1]?.finding ?? "the end");
    part("picture")?.replaceChildren(pictures[place]);
    for (const name of ["small code", "large code"]) {
      if (part(name)) Object.assign(part(name), { src: addressOf(scene.code), alt: scene.code && `QR code of ${scene.link}`, hidden: !scene.code });
    }
    for (const button of parentElement.querySelectorAll("[data-go]")) {
      button.setAttribute("aria-disabled", String(limited(STEPS[button.dataset.go](place, data.scenes.length)) === place));
    }
    fit();
    follow(place + 1);
  }

  function fit() {
    if (!dialog) return;
    for (const [finding, source] of SIZES) {
      part("finding").style.setProperty("--size", finding);
      part("source").parentElement.style.setProperty("--size", source);
      if (dialog.scrollHeight <= dialog.clientHeight + 1) break;
    }
  }

  function follow(scene) {
    const here = new URL(location.href);
    here.searchParams.set("scene", scene);
    if (here.href !== location.href) history.replaceState(history.state, "", here);
    here.searchParams.set("notes", "1");
    part("notes link")?.setAttribute("href", here.pathname + here.search);
  }

  const limited = (place) => Math.max(0, Math.min(place, data.scenes.length - 1));

  function go(place, told = true) {
    if (limited(place) === kept.place) return;
    kept.place = limited(place);
    paint();
    if (data.wait) setTriggerValue("moved", kept.place);
    say("spoken", `Scene ${kept.place + 1} of ${data.scenes.length}: ${data.scenes[kept.place].finding}`);
    if (told) others.postMessage({ scene: kept.place });
  }

  const step = (name) => go(STEPS[name](kept.place, data.scenes.length));

  // ---- other windows of the same story ----
  const others = new BroadcastChannel(`story ${location.pathname} ${asked().getAll("view").join(" ")}`);
  others.onmessage = ({ data: heard }) => {
    if (heard.asks && dialog) others.postMessage({ scene: kept.place });
    else if ("scene" in heard) go(heard.scene, false);
  };
  if (!kept.met) others.postMessage(dialog || asked().has("scene") ? { scene: kept.place } : { asks: true });
  kept.met = true;

  // ---- keys and buttons ----
  function showCode(visible) {
    part("code").hidden = !visible;
    part("show code").setAttribute("aria-expanded", String(visible));
  }

  const ofScreen = document.documentElement;
  const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : ofScreen.requestFullscreen?.());

  when(document, "keydown", (event) => {
    const focused = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || (dialog && !dialog.open)) return;
    if (focused.closest?.("input, textarea, select") || (event.key === " " && focused.closest?.("a, button, summary"))) return;
    if (dialog && event.key.toLowerCase() === "q") showCode(part("code").hidden);
    else if (dialog && event.key.toLowerCase() === "f") fullScreen();
    else if (event.key in KEYS) step(KEYS[event.key]);
    else return;
    event.preventDefault();
  });
  for (const button of parentElement.querySelectorAll("[data-go]")) when(button, "click", () => step(button.dataset.go));
  when(window, "resize", fit);

  // ---- the stage ----
  const enter = () => { kept.left = false; dialog.showModal(); paint(); };
  if (dialog) {
    when(part("show code"), "click", () => showCode(part("code").hidden));
    when(part("take away"), "click", () => dialog.close());
    when(part("back"), "click", enter);
    when(dialog, "cancel", (event) => {
      const full = document.fullscreenElement; // Escape ends the full screen first, then the code, then the stage
      if (!full && part("code").hidden) return;
      event.preventDefault();
      if (full) document.exitFullscreen();
      else showCode(false);
    });
    when(dialog, "close", () => { kept.left = true; part("back").focus(); });
    if (!dialog.open && !kept.left) dialog.showModal();
  }

  // ---- the notes ----
  const start = () => { const now = Date.now(); sessionStorage.setItem(BEGAN, now); return now; };
  const two = (number) => String(number).padStart(2, "0");
  function tick() {
    const began = Number(sessionStorage.getItem(BEGAN)) || start();
    const seconds = Math.floor((Date.now() - began) / 1000);
    say("clock", new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
    say("since", `${Math.floor(seconds / 60)}:${two(seconds % 60)}`);
  }
  when(part("reset"), "click", () => { start(); tick(); });
  const clock = part("clock") ? setInterval(tick, 1000) : 0;
  if (clock) tick();

  const more = data.wait ? setTimeout(() => setTriggerValue("moved", kept.place), BREATH) : 0;

  paint();
  parentElement.leave = () => { leaving.abort(); others.close(); clearInterval(clock); clearTimeout(more); };
  return parentElement.leave;
}
