import type { EpochMs, Json, RandomState, RecordChange } from '@interstate/kernel';
import { hashKeyOf, nameHash } from './name-hash.ts';
import type { Schedule, ScheduleForm } from './schedule.ts';

/** Slots for which room is made at once. */
const PAGE = 256;
const NONE = -1;

/** Texts of a slot: its name, expression and input; and its form. Numbers of a slot: its number, when it was made, when it is due. */
interface Page {
  readonly texts: (string | undefined)[];
  readonly forms: ScheduleForm[];
  readonly numbers: Float64Array;
}

const NAME = 0;
const EXPRESSION = 1;
const INPUT = 2;
const NUMBER = 0;
const CREATED_AT = 1;
const DUE_AT = 2;
const WIDTH = 3;

/**
 * The schedules of a group by name, a million if need be. They lie in columns: none is an object of its own, which garbage collection
 * would have to move and to look at. What `get` gives is made for it.
 */
export class ScheduleTable {
  size = 0;
  private readonly pages: Page[] = [];
  /** Slots that were ever taken, and those that are free again. */
  private taken = 0;
  private readonly free: number[] = [];
  /** Slots by the hash of the name: each there, or at the next place that was free. */
  private key = hashKeyOf([0, 0, 0, 0]);
  private places = new Int32Array(16).fill(NONE);
  private hashes = new Int32Array(8);
  /** Names touched since the step began, the first `count` of them. */
  private readonly touched: string[] = [];
  private count = 0;

  /** Names are hashed with a seed. The table must be empty; what it holds later does not show which seed it was. */
  seed(seed: RandomState): void {
    if (this.size > 0) throw new Error(`A table of ${this.size} schedules cannot be seeded: seed it while it is empty.`);
    this.key = hashKeyOf(seed);
  }

  has(name: string): boolean {
    return this.places[this.placeOf(name, nameHash(name, this.key))] !== NONE;
  }

  get(name: string): Schedule | undefined {
    const slot = this.places[this.placeOf(name, nameHash(name, this.key))]!;
    return slot === NONE ? undefined : this.read(slot);
  }

  set(name: string, schedule: Schedule): void {
    this.touched[this.count++] = name;
    const hash = nameHash(name, this.key);
    const place = this.placeOf(name, hash);
    const known = this.places[place]!;
    if (known !== NONE) return this.write(known, name, schedule);
    const slot = this.free.pop() ?? this.newSlot();
    this.write(slot, name, schedule);
    this.hashes[slot] = hash;
    this.places[place] = slot;
    if (++this.size * 2 > this.places.length) this.rehash();
  }

  delete(name: string): void {
    const place = this.placeOf(name, nameHash(name, this.key));
    const slot = this.places[place]!;
    if (slot === NONE) return;
    this.touched[this.count++] = name;
    this.size--;
    this.free.push(slot);
    const { texts } = this.pages[Math.floor(slot / PAGE)]!;
    texts.fill(undefined, (slot % PAGE) * WIDTH, (slot % PAGE) * WIDTH + WIDTH);
    this.vacate(place);
  }

  *names(): Generator<string> {
    for (let slot = 0; slot < this.taken; slot++) {
      const name = this.pages[Math.floor(slot / PAGE)]!.texts[(slot % PAGE) * WIDTH + NAME];
      if (name !== undefined) yield name;
    }
  }

  /** Begins a step: what was touched before is not asked for any more. */
  begin(): void {
    if (this.count > 64) this.touched.length = 0;
    this.count = 0;
  }

  /** The schedules touched since the step began; undefined where gone. */
  changes(): RecordChange[] {
    return [...new Set(this.touched.slice(0, this.count))].map((name): RecordChange => [name, this.get(name) as unknown as Json | undefined]);
  }

  *all(): Generator<[name: string, schedule: Json]> {
    for (const name of this.names()) yield [name, this.get(name) as unknown as Json];
  }

  // ——— columns ———

  private newSlot(): number {
    const slot = this.taken++;
    if (slot % PAGE === 0) this.pages.push({ texts: [], forms: [], numbers: new Float64Array(PAGE * WIDTH) });
    if (slot === this.hashes.length) {
      const { hashes } = this;
      this.hashes = new Int32Array(slot * 2);
      this.hashes.set(hashes);
    }
    return slot;
  }

  private write(slot: number, name: string, { number, expression, input, createdAt, dueAt, form }: Schedule): void {
    const { texts, forms, numbers } = this.pages[Math.floor(slot / PAGE)]!;
    const at = (slot % PAGE) * WIDTH;
    texts[at + NAME] = name;
    texts[at + EXPRESSION] = isImplied(expression, dueAt, form) ? undefined : expression;
    texts[at + INPUT] = input;
    forms[slot % PAGE] = form;
    numbers[at + NUMBER] = number;
    numbers[at + CREATED_AT] = createdAt;
    numbers[at + DUE_AT] = dueAt ?? NaN;
  }

  private read(slot: number): Schedule {
    const { texts, forms, numbers } = this.pages[Math.floor(slot / PAGE)]!;
    const at = (slot % PAGE) * WIDTH;
    const dueAt = numbers[at + DUE_AT]!;
    const input = texts[at + INPUT];
    return {
      number: numbers[at + NUMBER]!,
      expression: texts[at + EXPRESSION] ?? impliedExpression(dueAt),
      ...(input !== undefined && { input }),
      createdAt: numbers[at + CREATED_AT]!,
      ...(!Number.isNaN(dueAt) && { dueAt }),
      form: forms[slot % PAGE]!,
    };
  }

  // ——— places ———

  /** Where a name's slot is noted, or would be. */
  private placeOf(name: string, hash: number): number {
    const { places, hashes, pages } = this;
    const mask = places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const slot = places[place]!;
      if (slot === NONE) return place;
      if (hashes[slot] === hash && pages[Math.floor(slot / PAGE)]!.texts[(slot % PAGE) * WIDTH + NAME] === name) return place;
    }
  }

  /** Frees a place; slots that stand beyond it because it was taken move up. */
  private vacate(place: number): void {
    const { places, hashes } = this;
    const mask = places.length - 1;
    let gap = place;
    for (let next = (place + 1) & mask; places[next] !== NONE; next = (next + 1) & mask) {
      const home = hashes[places[next]!]! & mask;
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      places[gap] = places[next]!;
      gap = next;
    }
    places[gap] = NONE;
  }

  private rehash(): void {
    const { hashes, places: before } = this;
    const places = new Int32Array(before.length * 2).fill(NONE);
    const mask = places.length - 1;
    for (const slot of before) {
      if (slot === NONE) continue;
      let place = hashes[slot]! & mask;
      while (places[place] !== NONE) place = (place + 1) & mask;
      places[place] = slot;
    }
    this.places = places;
  }
}

/** An expression that says no more than when the schedule is due is not kept. */
function isImplied(expression: string, dueAt: EpochMs | undefined, { timeZone, scheduledAt }: ScheduleForm): boolean {
  return dueAt !== undefined && timeZone === undefined && scheduledAt === undefined && expression.startsWith('at(');
}

function impliedExpression(dueAt: EpochMs): string {
  return `at(${new Date(dueAt).toISOString().slice(0, 19)})`;
}
