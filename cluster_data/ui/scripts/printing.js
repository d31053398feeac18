// Prints the page, no card or row of it across two sheets; opens it anew on a light ground if it is not on one.
const CARD = 400; // pixels: what is higher may go on on the next sheet

export default function ({ parentElement }) {
  const address = new URL(location.href);
  if (address.searchParams.get("embed_options") !== "light_theme") {
    address.searchParams.set("embed", "true");
    address.searchParams.set("embed_options", "light_theme");
    location.replace(address);
  }
  window.onbeforeprint = () => {
    const parts = [...document.querySelectorAll('[data-testid="stVerticalBlock"], tr')];
    for (const part of parts.filter((one) => one.offsetHeight < CARD)) part.style.breakInside = "avoid";
  };
  parentElement.querySelector("button").onclick = () => window.print();
}
