// Prints the page; opens it anew on a light ground if it is not on one.
export default function ({ parentElement }) {
  const address = new URL(location.href);
  if (address.searchParams.get("embed_options") !== "light_theme") {
    address.searchParams.set("embed", "true");
    address.searchParams.set("embed_options", "light_theme");
    location.replace(address);
  }
  parentElement.querySelector("button").onclick = () => window.print();
}
