// Keeps what is looked at as it is by now, at the place where one was, and shows faults while there
// are any. What is looked at is in a frame, as it is published; no script runs in there.

const { news, faults, view, place, name } = document.body.dataset;
const stage = document.querySelector(".stage");
const overlay = document.querySelector(".overlay");
const button = document.querySelector(".faults-button");
const kept = `place of ${view} ${place}`;

// News. A browser has few connections to a host, so a tab that isn't seen gives its own back.

let source = null;

function listen() {
  if (document.hidden) {
    source?.close();
    source = null;
  } else if (source === null) {
    source = new EventSource(news);
    source.onmessage = (event) => told(JSON.parse(event.data));
    source.onerror = () => say("broken", "the preview isn’t running");
  }
}

function told(state) {
  if (stage) {
    toldOfEdition(state);
  } else {
    toldOfAll(state);
  }
}

function say(state, words) {
  const line = document.querySelector(".line .state");
  line.hidden = false;
  line.dataset.state = state;
  line.textContent = words;
}

// The list

function toldOfAll({ editions, faults: words, mark }) {
  const listed = [...document.querySelectorAll("[data-edition]")];
  const names = listed.map((each) => each.dataset.edition).join();
  if (names !== Object.keys(editions).join()) {
    location.reload();
    return;
  }
  for (const each of listed) {
    const { title, state, said } = editions[each.dataset.edition];
    const line = each.querySelector(".state");
    line.dataset.state = state;
    line.textContent = said;
    if (title) {
      each.querySelector(".title").textContent = title;
    }
  }
  const line = document.querySelector(".line .state");
  line.hidden = true;
  showFaults(words, mark);
}

// An edition

let shown = null; // the mark of what the frame shows
let frame = null;
let coming = null;

function toldOfEdition({ state, said, title, shows, faults: words, mark }) {
  say(state, said);
  if (title) {
    const heading = document.querySelector("h1");
    document.title = document.title.replace(heading.textContent, title);
    heading.textContent = title;
  }
  showFaults(words, mark);
  if (state === "gone") {
    stage.replaceChildren(paragraph("This edition isn’t there any more."));
    frame = shown = null;
  } else if (shows[view] && shows[view] !== shown) {
    shown = shows[view];
    show(shown);
  } else if (frame === null && coming === null && state === "faulty") {
    stage.replaceChildren(paragraph("Nothing could be made yet."));
  }
}

function paragraph(words) {
  const made = document.createElement("p");
  made.className = "waiting";
  made.textContent = words;
  return made;
}

const addresses = {
  page: () => `/made/${place.split("/")[0]}/${name}.html`,
  pages: () => `/pages/${place}`,
  proof: () => `/made/${place.split("/")[0]}/${name}.proof.html`,
  book: () => chapterAt(),
};

async function show(mark) {
  if (view === "book") {
    await loadContents();
  }
  const where = frame ? placeIn(frame) : firstPlace();
  if (where.address && !chapters.includes(chapterIn(where.address))) {
    delete where.address; // it isn't there any more
  }
  const [path, hash] = (where.address ?? addresses[view]()).split("#");
  const next = document.createElement("iframe");
  next.title = stage.dataset.title;
  next.className = "coming";
  next.src = `${path}?${mark}${hash ? `#${hash}` : ""}`;
  coming?.remove();
  coming = next;
  next.addEventListener("load", async () => {
    attend(next);
    if (next !== coming) {
      return;
    }
    await settled(next, where);
    if (next === coming) {
      coming = null;
      swap(next);
    }
  });
  stage.append(next);
}

function swap(next) {
  const hadFocus = frame !== null && document.activeElement === frame;
  for (const each of [...stage.children]) {
    if (each !== next) {
      each.remove();
    }
  }
  next.className = "";
  frame = next;
  if (hadFocus) {
    next.focus();
  }
  stage.dataset.mark = shown;
  if (view === "book") {
    markChapter();
  }
}

// Places: the last thing with an id that begins above the upper edge, and how far above.

function placeIn(view_) {
  const { contentDocument: page, contentWindow: window_ } = view_;
  const place_ = { y: window_.scrollY, id: null, offset: 0 };
  let best = -Infinity;
  for (const each of page.querySelectorAll("[id]")) {
    const { top, height } = each.getBoundingClientRect();
    if (top <= 2 && top > best && height > 0) {
      best = top;
      place_.id = each.id;
      place_.offset = top;
    }
  }
  if (view === "book") {
    place_.address = window_.location.pathname;
  }
  return place_;
}

function firstPlace() {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash && hash !== "stage") {
    return view === "book" ? { address: `/book/${place}/${hash}` } : { id: hash, offset: 0 };
  }
  return JSON.parse(sessionStorage.getItem(kept) ?? "{}");
}

function goTo(view_, { id, offset, y }) {
  const found = id ? view_.contentDocument.getElementById(id) : null;
  const { scrollY } = view_.contentWindow;
  const top = found ? found.getBoundingClientRect().top + scrollY - offset : (y ?? null);
  if (top !== null) {
    view_.contentWindow.scrollTo({ top, behavior: "instant" });
  }
}

// Fonts are loaded and pictures drawn before the frame is seen, so that nothing flickers.
async function settled(view_, where) {
  const page = view_.contentDocument;
  await page.fonts?.ready;
  goTo(view_, where);
  const inSight = [...page.images].filter((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return bottom > 0 && top < view_.clientHeight;
  });
  const late = new Promise((done) => setTimeout(done, 3000));
  await Promise.race([late, Promise.all(inSight.map((each) => each.decode().catch(() => null)))]);
  goTo(view_, where);
}

addEventListener("pagehide", () => {
  if (frame) {
    sessionStorage.setItem(kept, JSON.stringify(placeIn(frame)));
  }
});

// Links in the frame: to other formats they lead to their screens, to elsewhere into a tab.

function attend(view_) {
  view_.contentDocument.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const url = new URL(link.href, view_.contentDocument.baseURI);
    const screen_ = url.origin === location.origin ? screenOf(url) : null;
    if (screen_) {
      event.preventDefault();
      location.assign(screen_);
    } else if (url.origin !== location.origin) {
      event.preventDefault();
      window.open(url, "_blank", "noopener");
    }
  });
  view_.contentDocument.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay.open) {
      overlay.close();
    }
  });
}

const screens = { pdf: "pages", html: "page", epub: "book" };

function screenOf(url) {
  if (url.pathname === "/made/index.html") {
    return "/";
  }
  const found = url.pathname.match(/^\/made\/([^/]+)\/[^/.]+\.([^/.]+)\.(pdf|html|epub)$/);
  const here = frame && new URL(frame.contentWindow.location).pathname === url.pathname;
  return found && !here ? `/view/${found[1]}/${found[2]}/${screens[found[3]]}${url.hash}` : null;
}

// The chapters of an EPUB

let chapters = [];

async function loadContents() {
  const answer = await fetch(`/contents/${place}`);
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ol");
  chapters = list.dataset.chapters.split(" ");
  document.querySelector("#contents").replaceChildren(list);
}

function chapterAt() {
  return `/book/${place}/${chapters[0]}`;
}

function chapterIn(address) {
  return decodeURIComponent(address.split("#")[0]).replace(`/book/${place}/`, "");
}

function chapterNow() {
  return chapters.indexOf(chapterIn(frame.contentWindow.location.pathname));
}

function markChapter() {
  const now = chapterNow();
  document.querySelector(".previous").disabled = now <= 0;
  document.querySelector(".next").disabled = now < 0 || now === chapters.length - 1;
  const { pathname, hash } = frame.contentWindow.location;
  const links = [...document.querySelectorAll("#contents a")];
  const ofChapter = links.filter((link) => link.pathname === pathname);
  const here = ofChapter.find((link) => link.hash === hash) ?? ofChapter[0];
  for (const link of links) {
    if (link === here) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

function turnTo(address) {
  frame.addEventListener("load", markChapter, { once: true });
  frame.contentWindow.location.assign(address);
  openContents(false);
}

function openContents(isOpen) {
  document.querySelector(".contents-button").setAttribute("aria-expanded", isOpen);
}

if (view === "book") {
  const contents = document.querySelector(".contents-button");
  contents.addEventListener("click", () => {
    openContents(contents.getAttribute("aria-expanded") === "false");
  });
  document.querySelector("#contents").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && frame) {
      event.preventDefault();
      turnTo(link.href);
    }
  });
  for (const [which, step] of [["previous", -1], ["next", 1]]) {
    document.querySelector(`.${which}`).addEventListener("click", () => {
      turnTo(`/book/${place}/${chapters[chapterNow() + step]}`);
    });
  }
}

// Faults

let faulty = null; // the mark of the faults that were shown of themselves

async function showFaults(words, mark) {
  button.hidden = !words;
  button.textContent = `Show ${words}`;
  if (!words) {
    faulty = null;
    overlay.close();
  } else if (faulty !== mark) {
    faulty = mark;
    const answer = await fetch(faults);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (faulty === mark) {
      overlay.querySelector(".said").replaceChildren(...page.body.childNodes);
      openOverlay();
    }
  }
}

function openOverlay() {
  if (!overlay.open) {
    overlay.showModal();
  }
  overlay.querySelector("#faults-title")?.focus();
}

button.addEventListener("click", openOverlay);
document.addEventListener("visibilitychange", listen);
listen();
