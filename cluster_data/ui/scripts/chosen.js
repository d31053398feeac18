// The words of the open tab and of chosen chips, in a colour that can be read: the theme's own is too dark for words.
export default ({ data, parentElement }) => {
  const looks = parentElement.querySelector("style") ?? parentElement.appendChild(document.createElement("style"));
  const chosen = ["[data-testid=stTab][data-selected]", "[data-variant=pills][data-selected] *"];
  looks.textContent = `${chosen.join(", ")} { color: ${data.accent} }`;
};
