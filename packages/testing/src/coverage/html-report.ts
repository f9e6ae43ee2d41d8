import { readGraph, renderSvg } from '@interstate/graph';
import { coverageOverlay } from './coverage-overlay.ts';
import { firstMissed, METRICS, percentOf, type CoverageReport, type CoveredPoint, type DefinitionReport, type Ratio, type Totals } from './coverage-report.ts';
import { HTML_STYLE } from './html-style.ts';
import { pointText } from './text-report.ts';

/** The coverage as web pages, by their file names: `index.html`, and one for each definition. Each stands by itself: no script, no links but to one another. */
export function coverageHtml(report: CoverageReport): ReadonlyMap<string, string> {
  const names = pageNames(report.definitions);
  const rows = report.definitions.map((each) => `<tr><th><a href="${names.get(each)!}">${escapeHtml(titleOf(each))}</a></th>${cells(each.totals)}</tr>`);
  const index = `<table><thead><tr><th></th>${METRICS.map((metric) => `<th>${metric}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody><tfoot><tr><th>all</th>${cells(report.totals)}</tr></tfoot></table>`;
  return new Map([['index.html', page('Coverage', index)], ...report.definitions.map((each) => [names.get(each)!, page(titleOf(each), definitionHtml(each))] as const)]);
}

function titleOf({ name, file }: DefinitionReport): string {
  return file === undefined ? name : `${file} ${name}`;
}

/** Names that any file system takes, each once. */
function pageNames(definitions: readonly DefinitionReport[]): ReadonlyMap<DefinitionReport, string> {
  const taken = new Set(['index']);
  return new Map(
    definitions.map((each) => {
      const stem = (each.file ?? each.name).toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80) || 'definition';
      let name = stem;
      for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
      taken.add(name);
      return [each, `${name}.html`];
    }),
  );
}

function definitionHtml(report: DefinitionReport): string {
  const missed = firstMissed(report.points);
  return [
    `<p><a href="index.html">all definitions</a></p>`,
    `<table><thead><tr>${METRICS.map((metric) => `<th>${metric}</th>`).join('')}</tr></thead><tbody><tr>${cells(report.totals)}</tr></tbody></table>`,
    graphHtml(report),
    missed.length === 0 ? '' : `<h2>Not covered</h2><ul>${missed.map((point) => `<li><a href="#L${point.line}">${point.line}</a> ${point.kind} ${escapeHtml(pointText(point))}</li>`).join('')}</ul>`,
    `<h2>Definition</h2><pre>${sourceHtml(report)}</pre>`,
  ].join('\n');
}

function graphHtml(report: DefinitionReport): string {
  return `<figure>${renderSvg(readGraph(report.definition), { overlay: coverageOverlay(report) })}</figure>`;
}

/** The text with, line by line, how often what stands there ran. */
function sourceHtml({ source, points }: DefinitionReport): string {
  const byLine = new Map<number, CoveredPoint[]>();
  for (const point of points) {
    const own = byLine.get(point.line);
    if (own) own.push(point);
    else byLine.set(point.line, [point]);
  }
  return source.text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((text, index) => {
      const line = index + 1;
      const own = byLine.get(line) ?? [];
      const counts = own.map(({ count }) => count);
      const status = own.length === 0 ? '' : counts.every((count) => count > 0) ? ' covered' : counts.some((count) => count > 0) ? ' partly' : ' missed';
      const told = own.map((point) => `${point.kind} ${pointText(point)}: ${point.count}×`).join('\n');
      const count = own.length === 0 ? '' : `${Math.min(...counts)}×`;
      return `<span class="line${status}" id="L${line}"${told === '' ? '' : ` title="${escapeHtml(told)}"`}><b>${line}</b><i>${count}</i>${escapeHtml(text)}\n</span>`;
    })
    .join('');
}

function cells(totals: Totals): string {
  return METRICS.map((metric) => cell(totals[metric])).join('');
}

function cell(ratio: Ratio): string {
  if (ratio.total === 0) return '<td>–</td>';
  const percent = percentOf(ratio);
  return `<td class="${percent === 100 ? 'covered' : percent === 0 ? 'missed' : 'partly'}"><meter max="100" value="${percent}"></meter> ${percent} % <small>${ratio.covered}/${ratio.total}</small></td>`;
}

function page(title: string, body: string): string {
  const shown = escapeHtml(title);
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${shown}</title><style>${HTML_STYLE}</style></head><body><h1>${shown}</h1>\n${body}\n</body></html>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML shows it. Controls are shown as a box, and so is what would turn the direction of the text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '\ufffd');
}
