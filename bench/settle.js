// Notes when anything in the page last changed, so that "the full first view" has a moment in time.
(() => {
  let last = 0;
  const touch = () => { last = performance.now(); };

  new MutationObserver(touch).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  for (const happening of ["load", "transitionend", "animationend"]) {
    document.addEventListener(happening, touch, true);
  }
  document.fonts.addEventListener("loadingdone", touch);
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) last = Math.max(last, task.startTime + task.duration);
  }).observe({ entryTypes: ["longtask"] });

  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (name) => all(`[data-testid="${name}"]`).filter((box) => box.checkVisibility());
  const drawn = (name, part) => named(name).every((box) => box.querySelector(part));
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;

  const streamlitIsDone = () =>
    named("stApp")[0]?.dataset.testScriptState === "notRunning" &&
    all('[data-testid="stMain"] [data-testid="stElementContainer"]').length > 0 &&
    named("stSkeleton").length + named("stAppSkeleton").length === 0;

  const picturesAreThere = () =>
    all("img").every((image) => image.complete) &&
    drawn("stPlotlyChart", ".main-svg") &&
    drawn("stDeckGlJsonChart", "canvas") &&
    drawn("stDataFrame", "canvas") &&
    document.fonts.status === "loaded";

  const nothingMoves = () =>
    !document.getAnimations().some((one) => one.playState === "running" && ends(one));

  const dashIsDone = () =>
    all("._dash-loading").length === 0 &&
    all(".dash-graph").length > 0 &&
    all(".dash-graph").every((box) => box.querySelector(".main-svg"));

  const isDone = { streamlit: streamlitIsDone, dash: dashIsDone };

  // Milliseconds from navigation to the full first view, or null while it is not there
  // or while the page has been quiet for less than `quiet` ms.
  window.fullFirstView = (kind, quiet) => {
    const complete = isDone[kind]() && picturesAreThere() && nothingMoves();
    return complete && performance.now() - last >= quiet ? last : null;
  };
})();
