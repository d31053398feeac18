// Leaves of the names on the first page those that hold every word typed. What is typed stands in the address: #q=words.
"use strict"
{
  const START = "#q="
  const bare = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const input = document.getElementById("search"), found = document.getElementById("found")
  const sections = [...document.querySelectorAll(".names")].map(section => ({
    section, names: [...section.querySelectorAll("li")].map(item => ({ item, text: bare(item.textContent) })),
  }))

  const filter = () => {
    const words = bare(input.value).split(/\s+/).filter(Boolean)
    let total = 0
    for (const { section, names } of sections) {
      let here = 0
      for (const { item, text } of names) {
        item.hidden = !words.every(word => text.includes(word))
        here += !item.hidden
      }
      section.hidden = !here
      total += here
    }
    found.textContent = words.length ? (total === 1 ? "1 name" : `${total || "No"} names`) : ""
  }
  const read = () => {
    if (!location.hash.startsWith(START)) return
    try { input.value = decodeURIComponent(location.hash.slice(START.length)) } catch { return }
    filter()
  }

  input.closest("p").hidden = false
  input.addEventListener("input", () => {
    filter()
    history.replaceState(null, "", input.value ? START + encodeURIComponent(input.value) : "#names")
  })
  addEventListener("hashchange", read)
  read()
}
