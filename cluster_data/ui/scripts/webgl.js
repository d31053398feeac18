// Tells if the browser cannot draw a live map, or lost one.
let works;
const tried = () => {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
};
export default function ({ parentElement, setTriggerValue }) {
  const drawing = parentElement.closest('[data-testid="stVerticalBlock"]');
  const lost = (event) => { if (event.target.isConnected) setTriggerValue("missing", true); };
  works ??= tried();
  if (!works) setTriggerValue("missing", true);
  drawing?.addEventListener("webglcontextlost", lost, true);
  return () => drawing?.removeEventListener("webglcontextlost", lost, true);
}
