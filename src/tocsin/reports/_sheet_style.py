"""How the report's page looks on screens and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; }
main, header, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; overflow-wrap: anywhere; }
header { padding-top: 1rem; } footer { padding-bottom: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .6rem 0; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; border-top: 2px solid #1a1a1a; padding-top: .8rem; break-after: avoid; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; break-after: avoid; }
p { margin: .5rem 0; }
.label { font-weight: bold; border: 2px solid #1a1a1a; display: inline-block; padding: .1rem .6rem; margin: 0; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { font-size: .9rem; color: #404040; }
img { max-width: 100%; height: auto; display: block; }
.narrow { display: none; }
details { margin: .45rem 0; border-left: 3px solid #8c8c8c; padding-left: .7rem; }
summary { cursor: pointer; }
.headline > summary, .headline summary { font-size: 1.08rem; font-weight: bold; }
.trail { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; font-size: .9rem; }
dt { font-weight: bold; } dd { margin: 0; }
.words dd { margin: 0 0 .4rem 1rem; }
pre { overflow-x: auto; background: #f2f2f2; padding: .5rem; font-size: .8rem; white-space: pre-wrap; }
code { overflow-wrap: anywhere; font-size: .9em; }
.scroll { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; font-size: .9rem; overflow-wrap: normal; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #b3b3b3; vertical-align: top; }
tbody th { font-weight: normal; min-width: 5.5rem; }
th, td { overflow-wrap: break-word; max-width: 22rem; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.number { text-align: right; }
td.short { white-space: nowrap; }
@media screen and (min-width: 1080px) { .scroll { width: 62rem; margin-left: -9rem; } }
@media screen and (max-width: 640px) {
  .wide { display: none; } .narrow { display: block; }
  h1 { font-size: 1.4rem; } table { font-size: .82rem; } th, td { padding-right: .45rem; }
  .trail { grid-template-columns: 1fr; } .trail dd { margin-bottom: .3rem; }
}
@media print {
  @page { size: A4; margin: 18mm 16mm; @top-right { content: "LABEL"; font-weight: bold; }
          @bottom-right { content: "LABEL, page " counter(page); } }
  body { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; }
  tr, details { break-inside: avoid; } .scroll { overflow: visible; }
  table { font-size: 8pt; } th, td { padding-right: .35rem; } td.number, td.short { white-space: normal; }
  summary { list-style: none; }
}
"""
