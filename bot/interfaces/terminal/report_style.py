"""How the report looks, in light and in dark."""

STYLE = """
:root { color-scheme: light dark; --page: #f6f7f9; --paper: #fff; --ink: #1c2128; --soft: #667085; --line: #e3e6eb; --shade: #f0e9dc;
  --chip: 92%; --chip-ink: 24%; --heading: #eef2f8; --accent: #2456c7; }
@media (prefers-color-scheme: dark) { :root { --page: #14171c; --paper: #1b1f26; --ink: #e4e8ee; --soft: #98a2b3; --line: #2c323c;
  --shade: #342c1e; --chip: 22%; --chip-ink: 82%; --heading: #232a35; --accent: #8ab0ff; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
main, nav { max-width: 76rem; margin: 0 auto 2rem; padding: 1.25rem 1.5rem 1.5rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
a { color: var(--accent); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .5rem 1.5rem; margin: 0 0 1rem; }
dt { color: var(--soft); font-size: .8rem; }
dd { margin: 0; overflow-wrap: anywhere; }
header p { margin: .35rem 0; }
.chips { display: flex; flex-wrap: wrap; gap: .35rem; margin: .5rem 0; padding: 0; list-style: none; }
.chips li, .fact { padding: .05rem .5rem; border-radius: 6px;
  background: hsl(var(--hue) 60% var(--chip)); color: hsl(var(--hue) 70% var(--chip-ink)); }
.key { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 .5rem; font-size: .8rem; color: var(--soft); }
.key span { padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 6px; }
.note, .repeated td { color: var(--soft); }
.note { font-style: italic; font-size: .85rem; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead th { padding: .3rem .7rem; border-bottom: 2px solid var(--line); color: var(--soft); font-size: .8rem; text-align: left; }
thead th:first-child { width: 3.5rem; text-align: right; }
thead th:last-child { width: 38%; }
tbody th { padding: .25rem .7rem; color: var(--soft); font: 12px/1.8 ui-monospace, monospace; text-align: right;
  vertical-align: top; user-select: none; }
td { padding: .25rem .7rem; border-left: 1px solid var(--line); overflow-wrap: anywhere; vertical-align: top; unicode-bidi: isolate; }
tbody tr { border-bottom: 1px solid var(--line); }
tr.blank { line-height: .6; border-bottom-color: transparent; }
tr.heading, .key .heading { background: var(--heading); }
tr.heading td:nth-child(2) { font-weight: 600; }
tr.unused, .key .unused { background: var(--shade); }
.fact, .head { display: inline-block; max-width: 100%; margin: .05rem .3rem .05rem 0; font-size: .85rem; }
.head { color: var(--soft); }
.fact i, .head i { font-style: normal; }
.fact b { font-weight: 650; }
@media (max-width: 44rem) {
  body { padding: .5rem; } main, nav { padding: .75rem; } table, tbody { display: block; } thead { display: none; }
  tbody tr { display: grid; grid-template-columns: 2.75rem 1fr; } td { border: 0; } td:last-child:empty { display: none; }
  td:last-child { grid-column: 2; } tr.blank { display: none; } }
@media print { body { background: none; padding: 0; } main { border: 0; } tr { break-inside: avoid; } }
"""
