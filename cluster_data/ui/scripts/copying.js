// Copies a text; where a browser forbids that, the text stands there to be copied.
async function copied(box) {
  try { await navigator.clipboard.writeText(box.value); return true; } catch (error) { /* not allowed here */ }
  box.hidden = false;
  box.select();
  const done = document.execCommand("copy");
  box.hidden = done;
  return done;
}
export default function ({ data, parentElement }) {
  const [button, said, box] = ["button", "span", "textarea"].map((part) => parentElement.querySelector(part));
  button.textContent = data.label;
  button.title = data.text;
  box.setAttribute("aria-label", data.label);
  if (box.value !== data.text) { box.value = data.text; box.hidden = true; said.textContent = ""; }
  button.onclick = async () => {
    const done = await copied(box);
    said.textContent = done ? "Copied" : "Copy it from here:";
    if (done) button.focus();
  };
}
