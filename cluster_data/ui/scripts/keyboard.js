// The way of the keyboard into an open popover and out of it.
const CONTROLS = "a[href], button:enabled, input:enabled, textarea:enabled";
const controls = (root) => [...root.querySelectorAll("*")].flatMap((part) => {
  if (part.shadowRoot) return controls(part.shadowRoot);
  return part.matches(CONTROLS) && part.checkVisibility() ? [part] : [];
});
export default function ({ parentElement }) {
  const popover = parentElement.closest('[role="dialog"]');
  const opener = document.querySelector('[aria-haspopup="dialog"][aria-expanded="true"]');
  if (!popover || !opener) return;
  const follow = (event) => {
    if (event.key !== "Tab") return;
    const at = event.composedPath()[0], held = controls(popover);
    if (!event.shiftKey && at === held.at(-1)) opener.focus();
    const to = event.shiftKey ? at === held[0] && opener : at === opener && held[0];
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  document.addEventListener("keydown", follow);
  let led = opener; // what has the focus: the first control, as controls come one by one
  const lead = () => {
    const first = controls(popover)[0];
    if (!first || first === led || document.activeElement !== led || !led.matches(":focus-visible")) return;
    led = first;
    led.focus();
  };
  const coming = new MutationObserver(lead);
  const end = () => coming.disconnect();
  lead();
  coming.observe(popover, { childList: true, subtree: true });
  document.addEventListener("keydown", end, { once: true });
  return () => {
    end();
    document.removeEventListener("keydown", follow);
    document.removeEventListener("keydown", end);
  };
}
