// Shows the editions that hold all words of the search, and are in the language that is chosen.
// What is looked through is what the page says of each (but sizes of files), and the data in the page.
"use strict";
(() => {
  const form = document.querySelector(".filter");
  if (!form) return; // there is one edition, or none
  form.hidden = false;
  const field = form.querySelector("[type=search]");
  const found = form.querySelector(".found");
  const editions = [...document.querySelectorAll(".editions > li")];
  let texts;

  // Widths and compositions of letters, accents and case make no difference.
  const plain = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();

  const read = () => {
    const words = JSON.parse(document.getElementById("words").textContent);
    const said = (each) => [...each.querySelectorAll(".named, .abstract")].map((e) => e.textContent);
    return editions.map((each, at) => plain([...said(each), words[at]].join(" ")));
  };

  const show = () => {
    texts ??= read();
    const terms = plain(field.value).split(/\s+/).filter(Boolean);
    const language = form.querySelector("[name=language]:checked")?.value;
    let count = 0;
    editions.forEach((each, at) => {
      const fits = !language || each.dataset.language === language;
      each.hidden = !(fits && terms.every((term) => texts[at].includes(term)));
      count += each.hidden ? 0 : 1;
    });
    const says = found.dataset.found.replace("{count}", count).replace("{total}", editions.length);
    found.textContent = terms.length || language ? says : "";
  };

  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to an edition that isn't shown shows all.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) {
      form.reset();
      show();
      target.scrollIntoView();
    }
  });
  // Browsers keep what was typed where a reader comes back to the page.
  addEventListener("pageshow", () => {
    if (field.value || form.querySelector("[name=language]:checked")?.value) show();
  });
})();
