import type { GraphEdge, GraphScope } from './graph.ts';

const SHAPES: Readonly<Record<string, string>> = { Choice: 'diamond', Succeed: 'oval', Fail: 'oval' };

/** A state machine in the language of Graphviz. */
export function renderDot(graph: GraphScope): string {
  const lines = ['digraph {', '  compound=true; node [shape=box, style=rounded, fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];'];
  const clusters = new Map<string, { readonly id: string; readonly first: string }>();
  const ids = new Map<string, string>();
  writeScope(graph, '  ', { ids, clusters, lines });
  const at = (name: string): string => clusters.get(name)?.first ?? ids.get(name) ?? '';
  if (ids.has(graph.startAt)) lines.push('  start [shape=circle, style=filled, fillcolor=black, label="", width=0.2];', `  start -> ${at(graph.startAt)};`);
  if (graph.ends.length > 0) lines.push('  done [shape=doublecircle, style=filled, fillcolor=black, label="", width=0.12];', ...graph.ends.map((name) => `  ${at(name)} -> done;`));
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

interface Page {
  readonly ids: Map<string, string>;
  readonly clusters: Map<string, { readonly id: string; readonly first: string }>;
  readonly lines: string[];
}

function writeScope({ nodes, edges }: GraphScope, indent: string, page: Page): void {
  const { ids, clusters, lines } = page;
  for (const { name } of nodes) ids.set(name, `s${ids.size + 1}`);
  for (const node of nodes) {
    const id = ids.get(node.name)!;
    if (node.scopes.every((scope) => scope.nodes.length === 0)) {
      lines.push(`${indent}${id} [label=${quoted(node.name)}, shape=${SHAPES[node.type] ?? 'box'}];`);
      continue;
    }
    lines.push(`${indent}subgraph cluster_${id} { label=${quoted(`${node.name} (${node.type})`)}; style=rounded;`);
    for (const [index, scope] of node.scopes.entries()) {
      lines.push(`${indent}  subgraph cluster_${id}_${index} { label=""; style=dashed;`);
      writeScope(scope, `${indent}    `, page);
      lines.push(`${indent}  }`);
    }
    lines.push(`${indent}}`);
    clusters.set(node.name, { id: `cluster_${id}`, first: ids.get(node.scopes.find((scope) => scope.nodes.length > 0)!.nodes[0]!.name)! });
  }
  for (const edge of edges) lines.push(`${indent}${edgeText(edge, page)}`);
}

/** Graphviz draws lines between nodes only; `ltail` and `lhead` cut them at a cluster's border. */
function edgeText({ from, to, kind, label }: GraphEdge, { ids, clusters }: Page): string {
  const tail = clusters.get(from);
  const head = clusters.get(to);
  const attributes = [
    ...(label === undefined || label === '' ? [] : [`label=${quoted(label)}`]),
    ...(kind === 'catch' ? ['style=dashed', 'color=red'] : []),
    ...(tail ? [`ltail=${tail.id}`] : []),
    ...(head ? [`lhead=${head.id}`] : []),
  ];
  return `${tail?.first ?? ids.get(from)} -> ${head?.first ?? ids.get(to)}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`;
}
