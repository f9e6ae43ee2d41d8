/**
 * Asserts that a value survives `JSON.stringify` and back: no `undefined` (that would vanish), no function, symbol, BigInt,
 * non-finite number or object of a class.
 * @param allowAbsent lets object members be `undefined`, as optional details of journal entries are
 * @throws Error naming the place
 */
export function assertPlainJson(value: unknown, place: string, allowAbsent = false): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`${place} is ${value}, which JSON cannot hold.`);
      return;
    case 'object':
      break;
    default:
      throw new Error(`${place} is ${typeof value}, which JSON cannot hold.`);
  }
  if (value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) assertPlainJson(value[index], `${place}[${index}]`, allowAbsent);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object of another realm has a prototype whose own prototype is null.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new Error(`${place} is an object of a class.`);
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined && allowAbsent) continue;
    assertPlainJson(member, `${place}.${key}`, allowAbsent);
  }
}
