// A line that screen readers speak when it changes.
export default function ({ data, parentElement }) {
  const line = parentElement.querySelector("p");
  if (line.textContent !== data.said) setTimeout(() => { line.textContent = data.said; }, 150);
}
