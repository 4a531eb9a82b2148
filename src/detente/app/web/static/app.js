// What a page gains by a script: theme, keys, filters that apply at once. Without it every page is complete.

const root = document.documentElement;

function theme() {
  const button = document.querySelector("button.theme");
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const say = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
    say();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
  say();
}

function filters() {
  for (const field of document.querySelectorAll("form.filters select, form.filters input[type=checkbox]"))
    field.addEventListener("change", () => field.form.requestSubmit());
  // Empty fields would only lengthen the address.
  for (const form of document.querySelectorAll("form.filters"))
    form.addEventListener("formdata", (event) => {
      for (const [key, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(key);
    });
}

// j and k step through what can be followed; / goes to the search field.
function keys() {
  const stops = () => [...document.querySelectorAll("main a.proof, main mark[id], main .changes .what a, main .matter .head a")];
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").focus();
    } else if (event.key === "j" || event.key === "k") {
      const all = stops();
      const now = all.indexOf(document.activeElement);
      const next = all[event.key === "j" ? Math.min(now + 1, all.length - 1) : Math.max(now - 1, 0)];
      if (!next) return;
      if (next.tagName === "MARK") next.tabIndex = -1;
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  });
}

theme();
filters();
keys();
