"use strict";
/* All pages work without this: it keeps the chosen language, and filters and sorts the table of countries. */

const LANGUAGE = "language";

function remembered() {
  try {
    return localStorage.getItem(LANGUAGE) || "";
  } catch {
    return ""; // storage may be forbidden
  }
}

function remember(language) {
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    // the page works without memory
  }
}

/* The page at the root leads to the language last chosen, else to the browser's. */
function enter(list) {
  const links = new Map(Array.from(list.querySelectorAll("a[hreflang]"), (link) => [link.hreflang, link.href]));
  const wished = [remembered(), ...(navigator.languages || [])].map((each) => each.slice(0, 2).toLowerCase());
  location.replace(links.get(wished.find((each) => links.has(each)) || "en"));
}

/* A server leads from the root to a folder, by the browser's language: the one last chosen goes before.
   Our own links name a file, so nobody is led away from what they asked for. */
function comeBack() {
  const language = remembered();
  const link = document.querySelector(`.top .tongues a[hreflang="${CSS.escape(language)}"]`);
  if (link && location.pathname.endsWith("/") && language !== document.documentElement.lang) location.replace(link.href);
}

/* What was filtered stays filtered in the other language. */
function carryLanguages() {
  for (const link of document.querySelectorAll(".top a[hreflang]")) {
    const plain = link.href;
    const carry = () => {
      const target = new URL(plain);
      target.search = location.search;
      target.hash = location.hash;
      link.href = target.href;
    };
    link.addEventListener("pointerdown", carry);
    link.addEventListener("focus", carry);
    link.addEventListener("click", () => {
      carry();
      remember(link.hreflang);
    });
  }
}

function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

class Table {
  constructor(form, table) {
    this.form = form;
    this.table = table;
    this.body = table.tBodies[0];
    this.rows = Array.from(this.body.rows);
    this.count = document.getElementById("count");
    this.nothing = document.getElementById("no-match");
    this.groups = Array.from(table.querySelectorAll("th.group"));
    this.columns = Array.from(table.querySelectorAll("th[data-kind]"), (th) => ({
      th,
      cycle: th.dataset.cycle,
      kind: th.dataset.kind,
      name: th.dataset.sort,
    }));
    this.order = new Map(this.rows.map((row, place) => [row, place]));
    this.sort = "";
    this.isTyping = false;
    this.addSortButtons();
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => this.changed(event.target.type === "search"));
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      this.fill(new URLSearchParams());
      this.changed(false);
    });
    addEventListener("popstate", () => this.read());
    this.read();
  }

  addSortButtons() {
    for (const th of this.table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...th.childNodes);
      button.addEventListener("click", () => {
        const name = th.dataset.sort;
        this.sort = this.sort === name ? `-${name}` : name;
        this.changed(false);
      });
      th.append(button);
    }
  }

  /* Take over what the address says. */
  read() {
    const asked = new URLSearchParams(location.search);
    this.fill(asked);
    this.sort = asked.get("sort") || "";
    this.show();
  }

  fill(asked) {
    for (const field of this.fields()) {
      field.value = asked.get(field.name) || "";
      if (field.selectedIndex === -1) field.value = "";
    }
  }

  fields() {
    return Array.from(this.form.elements).filter((field) => field.name);
  }

  /* Write what is chosen into the address: a step back for each choice, one for a whole word typed. */
  changed(isTyping) {
    const asked = new URLSearchParams();
    for (const field of this.fields()) if (field.value) asked.set(field.name, field.value);
    if (this.sort) asked.set("sort", this.sort);
    const search = asked.toString();
    const address = location.pathname + (search ? `?${search}` : "") + location.hash;
    try {
      if (isTyping && this.isTyping) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    } catch {
      // a page opened as a file cannot change its address
    }
    this.isTyping = isTyping;
    this.show();
  }

  show() {
    const asked = Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
    const words = folded(asked.q);
    const places = this.columns.flatMap((column, place) =>
      (!asked.cycle || column.cycle === asked.cycle) && (!asked.kind || column.kind === asked.kind) ? [place] : [],
    );
    this.showColumns(new Set(places));
    let shown = 0;
    for (const row of this.rows) {
      const { region, pledge, marks, search } = row.dataset;
      const fits =
        (!asked.region || region === asked.region) &&
        (!asked.pledge || pledge === asked.pledge) &&
        (!words || ` ${search}`.includes(` ${words}`)) &&
        (!asked.state || places.some((place) => marks[place] === asked.state[0]));
      row.hidden = !fits;
      shown += fits;
    }
    this.count.textContent = this.count.dataset.text.replace("{shown}", shown);
    this.nothing.hidden = shown > 0;
    this.put();
  }

  /* Only what is asked about: a choice without effect would look like a fault. */
  showColumns(places) {
    this.columns.forEach((column, place) => {
      const hidden = !places.has(place);
      if (column.th.hidden === hidden) return;
      column.th.hidden = hidden;
      for (const row of this.rows) row.cells[place + 1].hidden = hidden;
    });
    this.table.classList.toggle("narrowed", places.size < this.columns.length);
    for (const group of this.groups) {
      const under = this.columns.filter((column) => column.cycle === group.dataset.cycle && !column.th.hidden);
      group.hidden = !under.length;
      group.colSpan = under.length || 1;
    }
  }

  put() {
    const descending = this.sort.startsWith("-");
    const name = this.sort.replace(/^-/, "");
    for (const th of this.table.querySelectorAll("th[data-sort]")) {
      if (th.dataset.sort === name) th.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
    const key = this.key(name);
    const sign = descending ? -1 : 1;
    const byName = (one, other) => this.order.get(one) - this.order.get(other);
    const sorted = [...this.rows].sort((one, other) => sign * key(one, other) || byName(one, other));
    this.body.append(...sorted);
  }

  key(name) {
    const place = this.columns.findIndex((column) => column.name === name);
    const text = (of) => (one, other) => of(one).localeCompare(of(other), document.documentElement.lang);
    if (place >= 0) return (one, other) => "pwun".indexOf(one.dataset.marks[place]) - "pwun".indexOf(other.dataset.marks[place]);
    if (name === "region") return text((row) => row.dataset.region);
    if (name === "pledge") return (one, other) => pledgeRank(one) - pledgeRank(other);
    if (name === "read") return text((row) => row.dataset.read);
    return (one, other) => (name === "name" ? this.order.get(one) - this.order.get(other) : 0);
  }
}

function pledgeRank(row) {
  return ["signatory", "unknown", "not-a-signatory"].indexOf(row.dataset.pledge);
}

/* Evidence that is linked to opens by itself. */
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest("details:not([open])");
  if (closed) {
    closed.open = true;
    target.scrollIntoView();
  }
}

const entrance = document.getElementById("languages");
if (entrance) enter(entrance);
else comeBack();
carryLanguages();
const form = document.getElementById("filters");
if (form) new Table(form, document.getElementById("countries"));
addEventListener("hashchange", openTarget);
openTarget();
