import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readGraph } from './graph.ts';
import { layoutGraph, type Box, type PlacedEdge, type PlacedScope, type Point } from './layout.ts';
import { FONT } from './sized-node.ts';
import { textWidth } from './text-lines.ts';

/** Machines of up to a dozen states that go anywhere, with branches inside. */
const machine = fc.integer({ min: 1, max: 12 }).chain((count) => {
  const names = Array.from({ length: count }, (_none, index) => `State ${index + 1}`);
  const next = fc.constantFrom(...names);
  const state = fc.oneof(
    fc.record({ Type: fc.constant('Task'), Resource: fc.constant('arn:aws:states:::sqs:sendMessage'), Next: next, Catch: fc.array(fc.record({ ErrorEquals: fc.constant(['Some.LongErrorName']), Next: next }), { maxLength: 2 }) }),
    fc.record({ Type: fc.constant('Choice'), Choices: fc.array(fc.record({ Variable: fc.constant('$.order.total'), NumericGreaterThan: fc.integer(), Next: next }), { minLength: 1, maxLength: 3 }), Default: next }),
    fc.record({ Type: fc.constant('Parallel'), Branches: fc.constant([1, 2].map((branch) => ({ StartAt: 'X', States: { [`X${branch}`]: { Type: 'Pass', End: true } } }))), Next: next }),
    fc.constant({ Type: 'Succeed' }),
  );
  return fc.tuple(...names.map(() => state)).map((states) => ({ StartAt: names[0], States: Object.fromEntries(names.map((name, index) => [name, states[index]])) }));
});

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 && a.y < b.y + b.height - 1 && b.y < a.y + a.height - 1;
const inside = (inner: Box, outer: Box): boolean => inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.x + inner.width <= outer.x + outer.width + 1 && inner.y + inner.height <= outer.y + outer.height + 1;

/** Whether a part of a line runs through a box; touching it is not running through. */
function crosses([from, to]: readonly [Point, Point], box: Box): boolean {
  const [left, right, top, bottom] = [box.x + 1, box.x + box.width - 1, box.y + 1, box.y + box.height - 1];
  // Liang and Barsky: the share of the line that is inside all four sides.
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [[from.x - to.x, from.x - left], [to.x - from.x, right - from.x], [from.y - to.y, from.y - top], [to.y - from.y, bottom - from.y]] as const) {
    if (step === 0 && room < 0) return false;
    if (step < 0) enters = Math.max(enters, room / step);
    if (step > 0) leaves = Math.min(leaves, room / step);
  }
  return enters < leaves;
}

function expectTidy(scope: PlacedScope): void {
  const labels = scope.edges.flatMap((edge): (Box & { readonly of: PlacedEdge })[] => {
    const { label } = edge;
    if (!label) return [];
    const width = Math.max(...label.lines.map((line) => textWidth(line, FONT.label)));
    const height = label.lines.length * FONT.label * 1.3;
    return [{ x: label.x - width / 2, y: label.y - height / 2, width, height, of: edge }];
  });
  const runThrough = scope.edges.flatMap((edge) => {
    const foreign: Box[] = [...scope.nodes, ...labels.filter(({ of }) => of !== edge)];
    return edge.points.slice(1).flatMap((to, index) => foreign.filter((box) => crosses([edge.points[index]!, to], box)));
  });
  expect(runThrough).toEqual([]);
  const boxes: Box[] = [...scope.nodes, ...labels];
  boxes.forEach((box, index) => {
    expect(inside(box, scope)).toBe(true);
    for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
  });
  for (const node of scope.nodes) {
    for (const inner of node.scopes) {
      expect(inside(inner, node)).toBe(true);
      expectTidy(inner);
    }
  }
}

it.each([['layers', 400], ['a list', 0]])('in %s nothing lies over anything else: states, labels, what is inside; edges run through none of them', (_as, mostLayered) => {
  fc.assert(fc.property(machine, (definition) => expectTidy(layoutGraph(readGraph(definition), mostLayered))), { numRuns: 60 });
});

it('thousands of states are a list, in the order they are come to', () => {
  const count = 5000;
  const States = Object.fromEntries(Array.from({ length: count }, (_none, index) => [`State ${index}`, { Type: 'Pass', ...(index === 0 ? { End: true } : { Next: `State ${index - 1}` }) }]));
  const { nodes, marks, width } = layoutGraph(readGraph({ StartAt: `State ${count - 1}`, States }));
  expect(nodes.toSorted((a, b) => a.y - b.y).map(({ node }) => node.name)).toEqual(Object.keys(States).toReversed());
  expect(marks.map(({ type }) => type)).toEqual(['start', 'end']);
  expect(width).toBeLessThan(300);
});
