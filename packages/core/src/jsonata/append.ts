import type { Run } from './run.ts';

/** Joins two values as `$append` does: nothing adds nothing, anything but an array counts as one item. */
export function append(run: Run, left: unknown, right: unknown): unknown {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const first: unknown[] = Array.isArray(left) ? left : [left];
  const second: unknown[] = Array.isArray(right) ? right : [right];
  run.checkItems(first.length + second.length);
  run.charge(first.length + second.length);
  return first.concat(second);
}

/** Gathers values by `append`, without copying what was gathered before. */
export class Gathered {
  private owned = false;
  constructor(public value: unknown) {}

  add(run: Run, item: unknown): void {
    if (item === undefined) return;
    if (!this.owned) {
      if (this.value === undefined) {
        this.value = item;
        return;
      }
      this.value = Array.isArray(this.value) ? this.value.slice() : [this.value];
      this.owned = true;
    }
    const items = this.value as unknown[];
    if (Array.isArray(item)) for (let index = 0; index < item.length; index++) items.push(item[index]);
    else items.push(item);
    run.checkItems(items.length);
  }
}
