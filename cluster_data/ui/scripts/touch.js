// The way of a finger over a chart or a map, that a map cuts nothing of what it says of a mark, and that the pointer is
// a hand only where a click leads somewhere.
const CHART = '[data-testid="stPlotlyChart"]';
const MAP = '[data-testid="stDeckGlJsonChart"] .deck-events-root';
const SAID = '[data-testid="stDeckGlJsonChart"] .deck-tooltip';
const MOVED = "pan-y", LONG = 260;
export default function ({ data, parentElement }) {
  const drawing = parentElement.closest('[data-testid="stVerticalBlock"]');
  if (!drawing) return;
  const leaving = new AbortController();
  const on = (name, act) => {
    drawing.addEventListener(name, act, { capture: true, passive: true, signal: leaving.signal });
  };
  // The browser scrolls with a finger that Plotly does not see, and makes a click of its tap.
  on("touchstart", (event) => { if (event.target.closest(CHART)) event.stopPropagation(); });
  // deck.gl draws late, and says anew that it takes every touch.
  const share = () => drawing.querySelectorAll(MAP).forEach(({ style }) => {
    if (style.touchAction !== MOVED) style.touchAction = MOVED;
  });
  const whole = () => drawing.querySelectorAll(SAID).forEach((said) => {
    const { clientWidth, clientHeight } = said.parentElement;
    const { m41, m42 } = new DOMMatrix(getComputedStyle(said).transform);
    const back = (start, long, room) => Math.min(0, Math.max(-start, room - long - start));
    const moved = `${back(m41, said.offsetWidth, clientWidth)}px ${back(m42, said.offsetHeight, clientHeight)}px`;
    if (said.dataset.moved !== moved) said.style.translate = said.dataset.moved = moved;
  });
  // Plotly draws a hand over all of a chart that is not dragged, and tells only when the pointer comes to a mark.
  const point = () => drawing.querySelectorAll(`${CHART} .js-plotly-plot`).forEach((chart) => {
    const show = (cursor) => chart.querySelectorAll(".nsewdrag").forEach(({ style }) => { style.cursor = cursor; });
    if (chart.pointed || !chart.on) return;
    chart.pointed = true;
    chart.on("plotly_hover", ({ points }) => { if (data.leads && points[0].customdata) show("pointer"); });
    chart.on("plotly_unhover", () => show("default"));
    chart.on("plotly_afterplot", () => show("default"));
    show("default");
  });
  const look = () => { share(); whole(); point(); };
  const watch = new MutationObserver(look);
  watch.observe(drawing, { attributeFilter: ["style"], childList: true, subtree: true });
  look();
  // deck.gl is slow to find what lies below the first finger, and then takes its tap for a long press: tap again.
  let since = 0, lasted = 0;
  on("pointerdown", () => { since = performance.now(); });
  on("pointerup", () => { lasted = performance.now() - since; });
  on("click", ({ target, pointerType, clientX, clientY }) => {
    const map = target.closest(MAP);
    if (!map || pointerType !== "touch" || lasted < LONG) return;
    const at = { pointerType, clientX, clientY, isPrimary: true };
    map.dispatchEvent(new PointerEvent("pointerdown", at));
    map.dispatchEvent(new PointerEvent("pointerup", { ...at, bubbles: true }));
  });
  return () => {
    watch.disconnect();
    leaving.abort();
  };
}
