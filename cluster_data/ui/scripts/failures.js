// Says that a file could not be made, until that is closed or another file is asked for.
const ASKED = '[data-testid="stDownloadButton"]';
const FAILED = '[data-testid="stDownloadButtonError"]';
export default function ({ data, parentElement }) {
  const message = parentElement.querySelector("[popover]");
  const line = parentElement.querySelector("p");
  let closed = null;
  const hide = () => { line.textContent = ""; message.hidePopover(); };
  const look = () => {
    const failed = document.querySelector(FAILED);
    if (!failed || failed === closed || line.textContent) return;
    message.showPopover();
    line.textContent = data.said;
  };
  const asked = (event) => { if (event.target.closest?.(ASKED)) { closed = null; hide(); } };
  parentElement.querySelector("button").onclick = () => { closed = document.querySelector(FAILED); hide(); };
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", asked, true);
  return () => { seen.disconnect(); document.removeEventListener("click", asked, true); };
}
