// The address says what is shown: each click on a link of the app leads to a whole address, with the filter that stands
// in the present one, and the app then goes there as it does for Back. A new page or record is a new entry in the
// history; any other choice changes the entry that is there. A link in a text or a table opens a tab, unless it leads to
// another view of the same page.

const NARROW = 768; // below this the menu lies over the page
const KEPT = "kept"; // by page, what the tab keeps of its address: the story, the shortlist
const LONGEST_WAIT = 300; // tenths of a second, for what may never be drawn
const MOST_FIELDS = 1_000; // of an address with more Streamlit reads none

const page = (url) => url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
const folder = (url) => url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1);
const stored = () => { try { return JSON.parse(sessionStorage.getItem(KEPT)) ?? {}; } catch { return {}; } };

function keepInStep({ goes_along: along, has_entry: records, stage, keeps }) {
  const push = history.pushState.bind(history);
  const shown = (url) => JSON.stringify(records.map((key) => new URLSearchParams(url.search).getAll(key)));
  const whole = new WeakMap(); // for a link: its own address, and the whole one that it was given

  history.pushState = (state, title, address) => {
    const to = new URL(address, location.href);
    const same = to.pathname === location.pathname && shown(to) === shown(location);
    same ? history.replaceState(state, title, address) : push(state, title, address);
  };

  function lead(to, replace = false) {
    if (to.href !== location.href) replace ? history.replaceState({}, "", to) : push({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  }

  function linkOf(event) {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement && part.hasAttribute("href"));
    if (!link || link.hasAttribute("download")) return null;
    const known = whole.get(link);
    const own = known?.given === link.getAttribute("href") ? known.own : link.getAttribute("href");
    const to = new URL(/^(\?|$)/.test(own) ? `./${own}` : own, location.href); // "?d=Data" is of the first page
    if (to.origin !== location.origin || folder(to) !== folder(location) || own.startsWith("#")) return null;
    const apart = page(to) !== page(location) || page(to) === stage || to.searchParams.has("print");
    if (!["", "_self"].includes(link.target) && apart) return null;
    link.target = "";
    const given = new Set(to.searchParams.keys());
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (along.includes(key) && !given.has(key)) to.searchParams.append(key, value);
    }
    const key = keeps[page(to)];
    if (key && !given.has(key) && link.closest('[data-testid="stSidebar"]')) {
      for (const value of stored()[page(to)] ?? []) to.searchParams.append(key, value);
    }
    link.setAttribute("href", to.href);
    whole.set(link, { own, given: to.href });
    return { link, to };
  }

  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, linkOf, true);
  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const found = linkOf(event);
    if (!found) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    lead(found.to);
    if (innerWidth < NARROW && found.link.closest('[data-testid="stSidebar"]')) {
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
    }
  }, true);
  drawAnewAfterLoss(() => lead(new URL(location.href)));
  return lead;
}

// An address of more fields than are read, put right: each field once, the filter first, and how many there were.
function shortened(along) {
  const fields = new Map([...new URLSearchParams(location.search)].map((field) => [JSON.stringify(field), field]));
  const last = ([name]) => !along.includes(name.replace(/^(amp;)+/i, "").toLowerCase());
  const kept = [...fields.values()].sort((one, other) => last(one) - last(other)).slice(0, MOST_FIELDS - 1);
  if (kept.length < fields.size) kept.push(["fields", fields.size]);
  return new URL(`?${new URLSearchParams(kept)}`, location.href);
}

// A box that has not been drawn yet would take what it shows from the next run, which leaves it as it is: empty.
function whenDrawn(act, again = LONGEST_WAIT) {
  const app = document.querySelector('[data-testid="stApp"]');
  const drawn = app.dataset.testScriptState === "notRunning" && !app.querySelector('[data-testid="stSkeleton"]');
  drawn || !again ? act() : setTimeout(whenDrawn, 100, act, again - 1);
}

// A lost socket may come back to a server that has never drawn this view, and could make none of its files.
function drawAnewAfterLoss(draw) {
  const app = document.querySelector('[data-testid="stApp"]');
  let lost = false;
  new MutationObserver(() => {
    const connected = app.dataset.testConnectionState === "CONNECTED";
    if (connected && lost) draw();
    lost = !connected;
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}

export default function ({ data, parentElement, setStateValue }) {
  window.leadToAddress ??= keepInStep(data);
  if (location.search.split("&").length > MOST_FIELDS) window.leadToAddress(shortened(data.goes_along), true);
  if (data.kept) {
    const kept = { ...stored(), ...data.kept };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
    if (!parentElement.waits && Object.keys(data.keeps).some((name) => name in kept && !(name in data.kept))) {
      parentElement.waits = true;
      whenDrawn(() => {
        parentElement.waits = false;
        setStateValue("kept", stored());
      });
    }
  }
  if (!data.asked || parentElement.led === data.asked) return;
  parentElement.led = data.asked;
  const to = new URL(data.asked, location.href);
  if (!to.search) to.search = ""; // no "?" with nothing behind it
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (/^embed(_options)?$/i.test(key) && !to.searchParams.getAll(key).includes(value)) to.searchParams.append(key, value);
  }
  if (to.href !== location.href) window.leadToAddress(to, data.replace);
}
