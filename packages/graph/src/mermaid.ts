import type { GraphEdge, GraphNode, GraphScope } from './graph.ts';

/** A state machine as a Mermaid flowchart, for Markdown. */
export function renderMermaid(graph: GraphScope): string {
  const ids = new Map<string, string>();
  const lines = ['flowchart TD'];
  writeScope(graph, '  ', ids, lines);
  const start = ids.get(graph.startAt);
  if (start !== undefined) lines.push('  start((" "))', `  start --> ${start}`);
  if (graph.ends.length > 0) lines.push('  done(((" ")))', ...graph.ends.map((name) => `  ${ids.get(name)} --> done`));
  return `${lines.join('\n')}\n`;
}

function writeScope({ nodes, edges }: GraphScope, indent: string, ids: Map<string, string>, lines: string[]): void {
  for (const node of nodes) ids.set(node.name, `s${ids.size + 1}`);
  for (const node of nodes) writeNode(node, indent, ids, lines);
  for (const edge of edges) lines.push(`${indent}${ids.get(edge.from)} ${arrow(edge)} ${ids.get(edge.to)}`);
}

function writeNode(node: GraphNode, indent: string, ids: Map<string, string>, lines: string[]): void {
  const id = ids.get(node.name)!;
  if (node.scopes.length === 0) {
    const [open, close] = node.type === 'Choice' ? ['{', '}'] : node.type === 'Succeed' || node.type === 'Fail' ? ['([', '])'] : ['[', ']'];
    lines.push(`${indent}${id}${open}"${quoted(node.name)}"${close}`);
    return;
  }
  lines.push(`${indent}subgraph ${id}["${quoted(node.name)} (${quoted(node.type)})"]`);
  node.scopes.forEach((scope, index) => {
    if (node.scopes.length === 1) return writeScope(scope, `${indent}  `, ids, lines);
    lines.push(`${indent}  subgraph ${id}b${index + 1}[" "]`);
    writeScope(scope, `${indent}    `, ids, lines);
    lines.push(`${indent}  end`);
  });
  lines.push(`${indent}end`);
}

function arrow({ kind, label }: GraphEdge): string {
  const line = kind === 'catch' ? '-.->' : '-->';
  return label === undefined || label === '' ? line : `${line}|"${quoted(label)}"|`;
}

/** Mermaid takes entities in quoted texts; line breaks end a text. */
function quoted(text: string): string {
  return text.replace(/[&"<>#\\`|]/g, (char) => `#${char.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
