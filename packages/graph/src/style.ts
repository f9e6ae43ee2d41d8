/** Colour of each type of state: a hue; lightness comes from the theme. */
const HUES: Readonly<Record<string, number>> = { task: 212, choice: 38, parallel: 265, map: 285, wait: 190, pass: 215, succeed: 145, fail: 2 };
const STATUS_HUES: Readonly<Record<string, number>> = { succeeded: 145, covered: 145, caught: 38, partly: 38, running: 212, failed: 2, missed: 2, aborted: 220 };
const PLAIN_HUE = 215;

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** What scopes are shaded with, and how much: 0 to 1. */
  readonly shade: string;
  readonly scope: number;
  readonly scopeLine: number;
  /** Lightness in percent of boxes, of their edges, and of the names of errors. */
  readonly fill: number;
  readonly edge: number;
  readonly error: number;
}

const LIGHT: Palette = { paper: '#fff', ink: '#1f2733', soft: '#5b6675', line: '#8a94a3', shade: '#000', scope: 0.03, scopeLine: 0.12, fill: 97, edge: 58, error: 44 };
const DARK: Palette = { paper: '#12161d', ink: '#e8edf4', soft: '#a6b1c0', line: '#75808f', shade: '#fff', scope: 0.03, scopeLine: 0.14, fill: 17, edge: 52, error: 70 };

const SHAPES = [
  'svg{font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}',
  'text{text-anchor:middle}text.heading{text-anchor:start;font-size:15px;font-weight:600}.title{font-weight:600}',
  '.box{stroke-width:1.4}.scope{stroke-dasharray:4 4}.edge{fill:none;stroke-width:1.4}.edge.catch{stroke-dasharray:5 4}',
  '.label rect{stroke:none;opacity:.92}.mark.end{fill:none;stroke-width:1.6}text.note{font-size:10px;font-weight:600}',
  // Over a graph: what was visited keeps its colour by how it went, the rest fades.
  '.state.faded>.box{opacity:.45}.state.faded>text{opacity:.5}.edge.faded{opacity:.35}.edge.taken{stroke-width:2.2;stroke-dasharray:none}',
].join('');

const TAKEN = hex(145, 50, 42);
const CAUGHT = hex(38, 80, 45);

/** Colours as they are: what makes PNGs of pictures knows no variables. */
function coloured({ paper, ink, soft, line, shade, scope, scopeLine, fill, edge, error }: Palette): string {
  const box = (selector: string, hue: number): string => `${selector}{fill:${hex(hue, 60, fill)};stroke:${hex(hue, 45, edge)}}`;
  const boxes = (hues: Readonly<Record<string, number>>): string => Object.entries(hues).map(([name, hue]) => box(`.state.${name}>.box`, hue)).join('');
  const failure = hex(2, 60, edge);
  return [
    `.paper{fill:${paper}}text,.mark,.mark.inner,rect.note{fill:${ink}}.mark.end{fill:none;stroke:${ink}}.detail,.label text{fill:${soft}}.label rect,text.note{fill:${paper}}`,
    box('.box', PLAIN_HUE),
    boxes(HUES),
    `.scope{fill:${shade};fill-opacity:${scope};stroke:${shade};stroke-opacity:${scopeLine}}`,
    `.edge{stroke:${line}}.edge.catch{stroke:${failure}}.arrow{fill:${line}}.arrow.catch{fill:${failure}}.arrow.taken{fill:${TAKEN}}.label.catch text{fill:${hex(2, 60, error)}}`,
    boxes(STATUS_HUES),
    box('.state.faded>.box', PLAIN_HUE),
    `.edge.taken{stroke:${TAKEN}}.edge.catch.taken{stroke:${CAUGHT}}`,
  ].join('');
}

/** The style sheet of a picture; `auto` is dark where its viewer is. */
export function styleOf(theme: 'auto' | 'light' | 'dark'): string {
  if (theme !== 'auto') return SHAPES + coloured(theme === 'dark' ? DARK : LIGHT);
  return `${SHAPES}${coloured(LIGHT)}@media (prefers-color-scheme:dark){${coloured(DARK)}}`;
}

/** @param saturation in percent, as is lightness */
function hex(hue: number, saturation: number, lightness: number): string {
  const light = lightness / 100;
  const spread = (saturation / 100) * Math.min(light, 1 - light);
  const channel = (n: number): string => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (light - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1)))).toString(16).padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
}
