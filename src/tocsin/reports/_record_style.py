"""How a document's page looks on screens, in the dark and on paper; and its one script, which asks for nothing."""

from __future__ import annotations

KINDS = ("attribution", "denial", "assessment", "quantity", "response", "commitment", "event", "code")
"""The kinds of assertion in the order of the legend."""

# After Okabe and Ito (2008, "Color Universal Design"): the line under a mark; its tint on white; its tint on black.
_COLOURS = {
    "attribution": ("#D55E00", "#fde3d1", "#5a2c08"),
    "denial": ("#000000", "#e3e3e3", "#4d4d4d"),
    "assessment": ("#8F4F75", "#f1dfea", "#4e2a40"),
    "quantity": ("#005A8F", "#d3e8f6", "#0c3a57"),
    "response": ("#007a56", "#d2efe5", "#0a4634"),
    "commitment": ("#56B4E9", "#e0f2fd", "#1f4f6b"),
    "event": ("#B98300", "#fdf0cf", "#574108"),
    "code": ("#8c8c8c", "#f0f0f0", "#3a3a3a"),
}
_LINES_IN_THE_DARK = {"attribution": "#ff9a4d", "denial": "#ffffff", "quantity": "#6cbcf0", "assessment": "#d79abf"}


def _of_kind(kind: str) -> str:
    line, tint, _ = _COLOURS[kind]
    return f'[data-kind="{kind}"] {{ --line: {line}; --tint: {tint}; }}'


def _in_the_dark(kind: str) -> str:
    line, _, tint = _COLOURS[kind]
    return f'[data-kind="{kind}"] {{ --line: {_LINES_IN_THE_DARK.get(kind, line)}; --tint: {tint}; }}'


STYLE = (
    """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --grey: #595959; --faint: #d9d9d9; --chosen: #ffe45c; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
       font: 16px/1.55 "Liberation Sans", Arial, Helvetica, sans-serif; overflow-wrap: anywhere; }
header, main, footer, #all { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1rem; } footer { padding-bottom: 1.5rem; }
main { display: grid; grid-template-columns: minmax(0, 46rem) minmax(0, 1fr); gap: 0 2rem; align-items: start; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .6rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 0 0 .4rem; } p { margin: .55rem 0; }
.label { font-weight: bold; border: 2px solid; display: inline-block; padding: .1rem .6rem; margin: 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .8rem; margin: .4rem 0;
     font-size: .9rem; }
dt { font-weight: bold; } dd { margin: 0; unicode-bidi: isolate; }
fieldset { border: 1px solid var(--faint); margin: .8rem 0; padding: .3rem .7rem; display: flex; flex-wrap: wrap;
           gap: .3rem .9rem; font-size: .9rem; }
legend { font-weight: bold; padding: 0 .3rem; }
label { white-space: nowrap; }
.m, .key { background: var(--tint); border-bottom: 2px dashed var(--line); }
.key { padding: 0 .25rem; }
.m { color: inherit; text-decoration: none; unicode-bidi: isolate; cursor: pointer; }
.m.reviewed { border-bottom-style: solid; }
.m.several { box-shadow: 0 3px 0 -1px var(--line); }
.m.off { background: none; border: 0; box-shadow: none; cursor: text; }
.m:focus-visible { outline: 2px solid var(--ink); outline-offset: 1px; }
.m.on { background: var(--chosen); }
.speaker { font-size: .85rem; font-weight: bold; color: var(--grey); margin: 1.4rem 0 0; border-top: 1px solid
           var(--faint); padding-top: .5rem; unicode-bidi: isolate; }
.part { font-size: .75rem; color: var(--grey); border: 1px solid var(--faint); padding: 0 .3rem; margin-right: .4rem; }
.unread { color: var(--grey); font-style: italic; font-size: .9rem; }
.title { font-weight: bold; font-size: 1.15rem; } .heading { font-weight: bold; }
.quotation { font-style: italic; }
#panel { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 1rem 0; }
#panel button { display: none; float: right; font: inherit; }
article { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: 0 0 1rem; break-inside: avoid; }
#all article:target { outline: 2px solid var(--ink); outline-offset: 3px; }
"""
    + "\n".join(map(_of_kind, KINDS))
    + """
@media screen and (max-width: 900px) {
  main { display: block; }
  #panel { position: fixed; inset: auto 0 0 0; max-height: 45vh; background: var(--paper); padding: .6rem 1rem;
           border-top: 3px solid var(--ink); display: none; }
  #panel.open { display: block; } #panel button { display: block; }
  body:has(#panel.open) { padding-bottom: 45vh; }
  h1 { font-size: 1.3rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .25rem; }
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #141414; --grey: #b0b0b0; --faint: #4d4d4d; --chosen: #7a6800; }
"""
    + "\n".join(map(_in_the_dark, KINDS))
    + """
}
@media print {
  @page { size: A4; margin: 18mm 16mm; @top-right { content: "LABEL"; font-weight: bold; }
          @bottom-right { content: "LABEL, page " counter(page); } }
  :root { color-scheme: light; } body { font-size: 10pt; } header, main, footer, #all { max-width: none; padding: 0; }
  main { display: block; } #panel, fieldset { display: none; } h2, .speaker { break-after: avoid; }
  .m[data-n]::after { content: attr(data-n); font-size: .65em; vertical-align: super; }
}
"""
)

SCRIPT = """
(() => {
  const panel = document.getElementById("panel"), body = panel.querySelector(".body");
  const marks = [...document.querySelectorAll("a.m")], boxes = [...document.querySelectorAll("input[data-kind]")];
  const off = new Set();
  const told = mark => mark.dataset.a.split(" ").map(n => document.getElementById("a" + n));
  const kept = mark => told(mark).filter(each => !off.has(each.dataset.kind));
  const show = mark => {
    const found = kept(mark);
    if (!found.length) return;
    body.replaceChildren(...found.map(each => {
      const copy = each.cloneNode(true);
      copy.removeAttribute("id");
      return copy;
    }));
    const first = found[0].id.slice(1);
    marks.forEach(each => each.classList.toggle("on", each.dataset.a.split(" ").includes(first)));
    panel.classList.add("open");
    panel.scrollTop = 0;
  };
  const close = () => {
    panel.classList.remove("open");
    marks.forEach(each => each.classList.remove("on"));
  };
  const filter = () => {
    boxes.forEach(box => box.checked ? off.delete(box.dataset.kind) : off.add(box.dataset.kind));
    marks.forEach(mark => {
      const found = kept(mark);
      mark.classList.toggle("off", !found.length);
      mark.classList.toggle("several", found.length > 1);
      if (found.length) mark.dataset.kind = found[0].dataset.kind;
    });
    document.querySelectorAll("#all article").forEach(each => { each.hidden = off.has(each.dataset.kind); });
  };
  document.addEventListener("click", event => {
    const mark = event.target.closest("a.m");
    if (!mark) return;
    event.preventDefault();
    show(mark);
  });
  document.addEventListener("focusin", event => {
    if (event.target.matches("a.m")) show(event.target);
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") close();
  });
  panel.querySelector("button").addEventListener("click", close);
  boxes.forEach(box => box.addEventListener("change", filter));
})();
"""
