"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");

  const body = byId("rows");
  const heads = all("thead th");
  const selects = all("select[data-filter]");
  const verdicts = all(".verdicts button");
  const branches = all("[data-branch]");
  const [query, sort, direction, count, branch, more] = ["query", "sort", "direction", "count", "branch", "more"].map(byId);
  const STEP = 300; // rows shown at once: a browser lays out thousands in seconds only
  const compare = new Intl.Collator("en", { numeric: true }).compare;

  const rows = all("tr", body).map((row, place) => ({
    row,
    place,
    text: plain(row.dataset.text),
    facets: { ...row.dataset },
    adapter: row.dataset.adapter,
    branches: new Set(row.dataset.branches.split(" ")),
    keys: [...row.cells].map((cell) => cell.dataset.key),
  }));
  const total = new Set(rows.map((item) => item.adapter)).size;
  const start = heads.findIndex((head) => head.hasAttribute("aria-sort"));
  const first = () => ({ q: "", branch: "", verdict: "", column: String(start), order: heads[start].dataset.order });
  let state = first();
  let order = rows;
  let most = STEP;

  function ordered() {
    const column = Number(state.column);
    const number = heads[column].dataset.kind === "number";
    const sign = state.order === "desc" ? -1 : 1;
    return [...rows].sort((left, right) => {
      const [a, b] = [left.keys[column], right.keys[column]];
      if (a === "" || b === "") return (a === "") - (b === "") || left.place - right.place; // what is not known comes last
      return sign * (number ? a - b : compare(a, b)) || left.place - right.place;
    });
  }

  function fits(item, words) {
    return words.every((word) => item.text.includes(word))
      && (!state.branch || item.branches.has(state.branch))
      && (!state.verdict || item.facets.verdict === state.verdict)
      && selects.every((select) => !state[select.dataset.filter] || item.facets[select.dataset.filter] === state[select.dataset.filter]);
  }

  function show() {
    const words = plain(state.q).split(/\s+/).filter(Boolean);
    const seen = new Set();
    let results = 0;
    for (const item of order) {
      const fit = fits(item, words);
      item.row.hidden = !fit || results >= most;
      if (fit) {
        results += 1;
        seen.add(item.adapter);
      }
    }
    const measured = results === seen.size ? "" : `, ${results} rows`;
    const part = results > most ? `, the first ${most} rows shown` : "";
    count.textContent = `${seen.size} of ${total} adapters${measured}${part}`;
    more.hidden = results <= most;
    more.textContent = `Show ${Math.min(STEP, results - most)} more rows`;
    byId("nothing").hidden = results > 0;
    branch.hidden = !state.branch;
    branch.textContent = state.branch ? `${branchName()} ✕` : "";
    branch.setAttribute("aria-label", `Do not narrow to ${branchName()}`);
  }

  function branchName() {
    const found = branches.find((button) => button.dataset.branch === state.branch);
    return found ? found.dataset.name : state.branch;
  }

  function arrange() {
    order = ordered();
    body.append(...order.map((item) => item.row));
    heads.forEach((head, column) => {
      if (column === Number(state.column)) head.setAttribute("aria-sort", state.order === "desc" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    sort.value = state.column;
    direction.textContent = state.order === "desc" ? "↓" : "↑";
  }

  function reflect() {
    query.value = state.q;
    for (const select of selects) select.value = state[select.dataset.filter] ?? "";
    for (const button of verdicts) button.setAttribute("aria-pressed", String(button.dataset.verdict === state.verdict));
    for (const button of branches) button.setAttribute("aria-pressed", String(button.dataset.branch === state.branch));
  }

  function remember() {
    const usual = first();
    const told = Object.entries(state).filter(([name, value]) => value && value !== usual[name]);
    const hash = new URLSearchParams(told).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  function change(part) {
    state = { ...state, ...part };
    most = STEP;
    if ("order" in part) arrange();
    reflect();
    show();
    remember();
  }

  function sortBy(column) {
    const again = column === Number(state.column);
    const turned = state.order === "desc" ? "asc" : "desc";
    change({ column: String(column), order: again ? turned : heads[column].dataset.order });
  }

  function reset() {
    for (const select of selects) delete state[select.dataset.filter];
    change(first());
  }

  function recall() {
    const told = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (!("q" in told) && location.hash === "#results") return;
    state = { ...first(), ...told };
    if (!heads[Number(state.column)]) state.column = String(start);
    arrange();
    reflect();
    show();
  }

  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => sortBy(column)));
  sort.addEventListener("change", () => change({ column: sort.value, order: heads[Number(sort.value)].dataset.order }));
  direction.addEventListener("click", () => sortBy(Number(state.column)));
  query.addEventListener("input", () => change({ q: query.value }));
  for (const select of selects) select.addEventListener("change", () => change({ [select.dataset.filter]: select.value }));
  for (const button of verdicts) {
    button.addEventListener("click", () => change({ verdict: state.verdict === button.dataset.verdict ? "" : button.dataset.verdict }));
  }
  for (const button of branches) {
    button.addEventListener("click", () => change({ branch: state.branch === button.dataset.branch ? "" : button.dataset.branch }));
  }
  branch.addEventListener("click", () => { change({ branch: "" }); byId("results").focus({ preventScroll: true }); });
  more.addEventListener("click", () => {
    most += STEP;
    show();
  });
  byId("reset").addEventListener("click", reset);
  byId("clear").addEventListener("click", () => { reset(); query.focus(); });
  window.addEventListener("hashchange", recall);

  document.documentElement.classList.remove("no-script");
  all(".controls").forEach((part) => { part.hidden = false; });
  byId("tree").open = matchMedia("(min-width: 1640px)").matches;
  recall();
})();
