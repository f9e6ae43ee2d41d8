import { Graph, layout } from '@dagrejs/dagre';
import { readGraph, renderSvg } from '../src/index.ts';

/** A hundred states in a row, every fifth a Choice that goes back or ahead, every seventh with a Catcher. */
const names = Array.from({ length: 100 }, (_none, index) => `State ${index + 1}`);
const definition = {
  StartAt: names[0],
  States: Object.fromEntries(
    names.map((name, index) => {
      const next = names[index + 1];
      if (next === undefined) return [name, { Type: 'Succeed' }];
      if (index % 5 === 4) return [name, { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: index, Next: names[Math.max(0, index - 3)] }], Default: next }];
      const Catch = index % 7 === 6 ? [{ ErrorEquals: ['Busy'], Next: names[Math.min(99, index + 4)] }] : [];
      return [name, { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'work' }, Catch, Next: next }];
    }),
  ),
};
const { edges } = readGraph(definition);

function libraryAlone(): void {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 34, ranksep: 34, edgesep: 16 });
  for (const name of names) graph.setNode(name, { width: 160, height: 52 });
  edges.forEach(({ from, to, label }, index) => graph.setEdge(from, to, { width: label === undefined ? 0 : 60, height: label === undefined ? 0 : 20, labelpos: 'c' }, `e${index}`));
  layout(graph);
}

export const benches = [
  {
    id: 'graph-100',
    work: 'SVG of 100 states, against the layout library alone',
    unit: 'pictures/s',
    floor: 0.34,
    count: 1,
    ours: () => void renderSvg(readGraph(definition)),
    peer: libraryAlone,
  },
];
