// The words of the open tab, in a colour that can be read: white is read on the theme's own, which is too dark for words.
export default ({ data, parentElement }) => {
  const looks = parentElement.querySelector("style") ?? parentElement.appendChild(document.createElement("style"));
  looks.textContent = `[role=tab][data-testid=stTab][data-selected] { color: ${data.accent} }`;
};
