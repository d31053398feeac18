// Has the page been finished, whole and still for `quiet` milliseconds?
(quiet) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const app = document.querySelector('[data-testid="stApp"]');
  // What stands in a closed expander is not drawn.
  const drawn = (name, part) =>
    all(`[data-testid="${name}"]`).every((box) => !box.checkVisibility() || box.querySelector(part));

  const finished =
    app?.dataset.testConnectionState === "CONNECTED" &&
    app.dataset.testScriptState === "notRunning" &&
    all('[data-testid="stMain"] [data-testid="stElementContainer"]').length > 0 &&
    all('[data-testid="stAppSkeleton"], [data-testid="stSkeleton"], [data-stale="true"]').length === 0;

  const whole =
    drawn("stPlotlyChart", ".main-svg") &&
    drawn("stDeckGlJsonChart", "canvas") &&
    drawn("stDataFrame", "canvas") &&
    all("img").every((image) => image.complete) &&
    document.fonts.status === "loaded";

  // Anything that changes the page starts the wait anew.
  if (!window.settledWatch) {
    window.settledWatch = new MutationObserver(() => { window.settledSince = null; });
    window.settledWatch.observe(document.body, { subtree: true, childList: true, characterData: true });
  }

  const now = performance.now();
  window.settledSince = finished && whole ? window.settledSince ?? now : null;
  return window.settledSince !== null && now - window.settledSince >= quiet;
};
