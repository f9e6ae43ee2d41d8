import { createPatternSet, eventBridgeDialect, parsePattern, type PatternSet } from '../src/index.ts';
import { exactRules, families, mixedRules, type HandWritten } from './families.ts';
import { lotTexts, type LotEvent } from './lots.ts';

/** A row, as `npm run bench` takes it. */
interface Bench {
  readonly id: string;
  readonly work: string;
  readonly unit: string;
  readonly count: number;
  readonly floor: number | null;
  readonly setup?: () => void;
  readonly ours: () => unknown;
  readonly peer: () => unknown;
}

const EVENTS = 2000;
/** Of what takes closures long. */
const FEW_EVENTS = 50;

const texts = lotTexts(EVENTS);
const events = texts.map((text) => JSON.parse(text) as LotEvent);

function setOf(rules: readonly HandWritten[]): PatternSet<number> {
  const set = createPatternSet<number>();
  for (const [id, { pattern }] of rules.entries()) {
    const parsed = parsePattern(JSON.stringify(pattern), eventBridgeDialect);
    if (parsed.type === 'fault') throw new Error(parsed.message);
    set.add(id, parsed);
  }
  return set;
}

/** Matches each event; gives how many ids that came to, so that nothing is left out. */
function matchAll(set: PatternSet<number>, count = EVENTS): number {
  let matches = 0;
  for (let index = 0; index < count; index++) matches += set.match(events[index]).length;
  return matches;
}

function matchTexts(set: PatternSet<number>): number {
  let matches = 0;
  for (let index = 0; index < EVENTS; index++) matches += set.matchText(texts[index]!)!.length;
  return matches;
}

/** The same by hand: the ids of the closures that say yes. */
function byHand(rules: readonly HandWritten[], event: LotEvent): number[] {
  const ids: number[] = [];
  for (let id = 0; id < rules.length; id++) if (rules[id]!.closure(event)) ids.push(id);
  return ids;
}

function allByHand(rules: readonly HandWritten[], count = EVENTS): number {
  let matches = 0;
  for (let index = 0; index < count; index++) matches += byHand(rules, events[index]!).length;
  return matches;
}

function textsByHand(rules: readonly HandWritten[]): number {
  let matches = 0;
  for (let index = 0; index < EVENTS; index++) matches += byHand(rules, JSON.parse(texts[index]!) as LotEvent).length;
  return matches;
}

/** A bench whose sides must find the same. */
function row(id: string, work: string, count: number, floor: number, ours: () => number, peer: () => number): Bench {
  return {
    id,
    work,
    unit: 'events/s',
    count,
    floor,
    setup: () => {
      const [found, expected] = [ours(), peer()];
      if (found !== expected) throw new Error(`${id}: ${found} matches, by hand ${expected}.`);
    },
    ours,
    peer,
  };
}

/** A set made when it is first needed: most benches run in a process of their own. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const byFamily = families.flatMap(({ name, rules }): Bench[] => {
  const set = once(() => setOf(rules));
  return [
    row(`patterns-${name}`, `5 ${name} rules on parsed events, against closures`, EVENTS, 0.5, () => matchAll(set()), () => allByHand(rules)),
    row(`patterns-text-${name}`, `the same on texts, against JSON.parse and closures`, EVENTS, 1, () => matchTexts(set()), () => textsByHand(rules)),
  ];
});

const MANY = 10_000;
const kinds = { exact: exactRules, mixed: mixedRules };
const byCount = (['exact', 'mixed'] as const).flatMap((kind): Bench[] => {
  const many = once(() => kinds[kind](MANY));
  const set = once(() => setOf(many()));
  const few = once(() => setOf(kinds[kind](8).slice(0, kind === 'exact' ? 5 : 8)));
  const flat: Bench = {
    id: `patterns-flat-${kind}`,
    work: `10,000 ${kind} rules against ${kind === 'exact' ? 5 : 8} of them`,
    unit: 'events/s',
    count: EVENTS,
    floor: kind === 'exact' ? 0.67 : 0.25,
    ours: () => matchAll(set()),
    peer: () => matchAll(few()),
  };
  return [row(`patterns-10000-${kind}`, `10,000 ${kind} rules, against closures`, FEW_EVENTS, 30, () => matchAll(set(), FEW_EVENTS), () => allByHand(many(), FEW_EVENTS)), flat];
});

const addAndDelete = once(() => kinds.mixed(MANY).map(({ pattern }) => JSON.stringify(pattern)));
const changes: Bench = {
  id: 'patterns-add',
  work: 'parse, add and delete each of 10,000 mixed rules, against JSON.parse',
  unit: 'rules/s',
  count: MANY,
  floor: null,
  ours: () => {
    const set = createPatternSet<number>();
    for (const [id, text] of addAndDelete().entries()) {
      const parsed = parsePattern(text, eventBridgeDialect);
      if (parsed.type === 'pattern') set.add(id, parsed);
    }
    for (let id = 0; id < MANY; id++) set.delete(id);
  },
  peer: () => {
    for (const text of addAndDelete()) JSON.parse(text);
  },
};

export const benches: readonly Bench[] = [...byFamily, ...byCount, changes];
