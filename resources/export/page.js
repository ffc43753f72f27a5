"use strict";
(() => {
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const tag = document.getElementById("tag");
  const speaker = document.getElementById("speaker");
  const count = document.getElementById("count");
  const kinds = [...form.querySelectorAll("[name=kind]")];
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");

  // Read once, on the first use: thousands of articles should open before anything is counted.
  let articles = null;
  const contents = document.getElementById("contents");
  const read = () => {
    articles = [...document.querySelectorAll("article")].map((node) => ({
      node,
      text: fold(node.querySelector(".head").textContent + "\n" + node.querySelector(".text").textContent),
      runs: [...node.querySelectorAll("mark")].map((run) => ({ run, ids: run.dataset.marks.trim().split(" ") })),
      cards: [...node.querySelectorAll(".card")].map((card) => ({
        card,
        id: card.id.slice(1),
        kind: card.dataset.kind,
        speaker: card.dataset.speaker,
        tags: JSON.parse(card.dataset.tags),
        text: fold(card.textContent),
      })),
    }));
  };

  const under = (path) => path === tag.value || path.startsWith(tag.value + "/");

  const show = () => {
    if (!articles) read();
    const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
    const parts = fold(words.value).split(/\s+/).filter(Boolean);
    const narrowed = wanted.size < kinds.length || tag.value || speaker.value;
    const has = (text) => parts.every((part) => text.includes(part));
    let shownArticles = 0;
    let shownMarks = 0;
    for (const article of articles) {
      const whole = has(article.text);
      const live = new Set();
      for (const entry of article.cards) {
        const fits = wanted.has(entry.kind)
          && (!tag.value || entry.tags.some(under))
          && (!speaker.value || entry.speaker === speaker.value)
          && (whole || has(entry.text));
        entry.card.hidden = !fits;
        if (fits) live.add(entry.id);
      }
      for (const { run, ids } of article.runs) run.classList.toggle("dim", !ids.some((id) => live.has(id)));
      article.node.hidden = !(live.size || (whole && !narrowed));
      if (article.entry) article.entry.hidden = article.node.hidden;
      shownArticles += article.node.hidden ? 0 : 1;
      shownMarks += live.size;
    }
    count.textContent = `${shownArticles} of ${articles.length} articles, ${shownMarks} marks`;
  };

  const list = () => {
    if (!articles) read();
    if (articles.length && articles[0].entry) return;
    for (const article of articles) {
      const link = document.createElement("a");
      link.href = "#" + article.node.id;
      link.textContent = article.node.querySelector("h2").textContent;
      article.entry = document.createElement("li");
      article.entry.hidden = article.node.hidden;
      article.entry.append(link);
    }
    contents.querySelector("ol").append(...articles.map((article) => article.entry));
  };

  contents.hidden = false;
  contents.addEventListener("toggle", list);
  tag.append(document.getElementById("tags").content);
  speaker.append(document.getElementById("speakers").content);

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 120); };
  form.hidden = false;
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
