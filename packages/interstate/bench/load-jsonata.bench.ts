import jsonata from 'jsonata';
import { createEngine } from '../src/index.ts';

const STATES = 100;
const expressions = Array.from(
  { length: STATES },
  (_none, index) => `$sum($states.input.orders[price > ${index} and status = 'open'].(price * quantity)) + ($exists($states.input.extra${index}) ? $states.input.extra${index} : 0)`,
);

const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'S0',
  States: Object.fromEntries(
    expressions.map((text, index) => [
      `S${index}`,
      { Type: 'Pass', Output: { total: `{% ${text} %}` }, ...(index === STATES - 1 ? { End: true } : { Next: `S${index + 1}` }) },
    ]),
  ),
});

/** Keeps results from being optimised away. */
export let sink: unknown;

export const benches = [
  {
    id: 'load-jsonata',
    work: 'load, validate and compile 100 states with a JSONata expression each, against parsing each expression once',
    unit: 'ms each',
    floor: null,
    count: 1,
    better: 'lower' as const,
    ours: () => createEngine().load(definition),
    peer: () => {
      for (const text of expressions) sink = jsonata(text);
    },
  },
];
