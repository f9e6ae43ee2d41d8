/** Colour of each type of state: a hue; lightness comes from the theme. */
const HUES: Readonly<Record<string, number>> = { task: 212, choice: 38, parallel: 265, map: 285, wait: 190, pass: 215, succeed: 145, fail: 2 };
const STATUS_HUES: Readonly<Record<string, number>> = { succeeded: 145, covered: 145, caught: 38, partly: 38, running: 212, failed: 2, missed: 2, aborted: 220 };

const LIGHT = '--paper:#fff;--ink:#1f2733;--soft:#5b6675;--line:#8a94a3;--fill:97%;--edge:58%;--error:44%;--scope:#00000008;--scope-line:#0000001f;--label:#fff';
const DARK = '--paper:#12161d;--ink:#e8edf4;--soft:#a6b1c0;--line:#75808f;--fill:17%;--edge:52%;--error:70%;--scope:#ffffff08;--scope-line:#ffffff24;--label:#12161d';

const hued = (names: Readonly<Record<string, number>>): string => Object.entries(names).map(([name, hue]) => `.state.${name}>.box{--hue:${hue}}`).join('');

/** One style sheet for both themes; a picture put into a dark page is dark. */
export const STYLE = [
  `svg{${LIGHT};font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}`,
  `svg.dark{${DARK}}`,
  `@media (prefers-color-scheme:dark){svg.auto{${DARK}}}`,
  '.paper{fill:var(--paper)}',
  '.heading{fill:var(--ink);font-size:15px;font-weight:600}',
  'text{text-anchor:middle;fill:var(--ink)}text.heading{text-anchor:start}',
  '.title{font-weight:600}.detail{fill:var(--soft)}',
  '.box{fill:hsl(var(--hue,215) 60% var(--fill));stroke:hsl(var(--hue,215) 45% var(--edge));stroke-width:1.4}',
  hued(HUES),
  '.state.pass>.box{stroke-dasharray:none}',
  '.scope{fill:var(--scope);stroke:var(--scope-line);stroke-dasharray:4 4}',
  '.edge{fill:none;stroke:var(--line);stroke-width:1.4}.edge.catch{stroke:hsl(2 60% var(--edge));stroke-dasharray:5 4}',
  '.arrow{fill:var(--line)}.arrow.catch{fill:hsl(2 60% var(--edge))}.arrow.taken{fill:hsl(145 50% 42%)}',
  '.label rect{fill:var(--label);stroke:none;opacity:.92}.label text{fill:var(--soft)}.label.catch text{fill:hsl(2 60% var(--error))}',
  '.mark{fill:var(--ink)}.mark.end{fill:none;stroke:var(--ink);stroke-width:1.6}.mark.inner{fill:var(--ink)}',
  // Over a graph: what was visited keeps its colour by how it went, the rest fades.
  hued(STATUS_HUES),
  '.state.faded>.box{--hue:215;opacity:.45}.state.faded>text{opacity:.5}',
  '.edge.faded{opacity:.35}.edge.taken{stroke:hsl(145 50% 42%);stroke-width:2.2;stroke-dasharray:none}.edge.catch.taken{stroke:hsl(38 80% 45%)}',
  'rect.note{fill:var(--ink)}text.note{fill:var(--paper);font-size:10px;font-weight:600}',
].join('');
