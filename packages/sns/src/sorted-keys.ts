/** Keys in order, for lists that are paged. */
export class SortedKeys<Key extends string | number> {
  readonly all: Key[] = [];

  add(key: Key): void {
    const at = this.position(key);
    if (this.all[at] !== key) this.all.splice(at, 0, key);
  }

  delete(key: Key): void {
    const at = this.position(key);
    if (this.all[at] === key) this.all.splice(at, 1);
  }

  /** Of the first key that is not less. */
  private position(key: Key): number {
    const { all } = this;
    if (all.length === 0 || all[all.length - 1]! < key) return all.length;
    let low = 0;
    for (let high = all.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (all[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
