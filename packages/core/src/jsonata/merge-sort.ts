/**
 * A stable merge sort; `after` says that the first argument belongs behind the second. The order in which it asks is part of
 * what users see, since their comparison may be inconsistent or fail, so the platform's own sort will not do.
 */
export function mergeSort<Item>(items: readonly Item[], after: (left: Item, right: Item) => unknown): Item[] {
  if (items.length <= 1) return items.slice();
  const middle = items.length >>> 1;
  const left = mergeSort(items.slice(0, middle), after);
  const right = mergeSort(items.slice(middle), after);
  const merged: Item[] = [];
  let at = 0;
  let beside = 0;
  while (at < left.length && beside < right.length) {
    merged.push(after(left[at]!, right[beside]!) ? right[beside++]! : left[at++]!);
  }
  while (at < left.length) merged.push(left[at++]!);
  while (beside < right.length) merged.push(right[beside++]!);
  return merged;
}
