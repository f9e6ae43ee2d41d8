/** An object under construction. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A constructor whose objects are as plain as those of a literal: they have its prototype.
 *
 * For what comes by the thousand and mostly goes at once. V8 places the objects of a literal that it has seen survive straight
 * among the long-lived, on fresh pages of memory, which can cost more than all that is done with them; those of a constructor
 * begin young.
 */
export function plainConstructor<Args extends readonly unknown[], T>(construct: (this: Writable<T>, ...args: Args) => void): new (...args: Args) => T {
  construct.prototype = Object.prototype;
  return construct as unknown as new (...args: Args) => T;
}
