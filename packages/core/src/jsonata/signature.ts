import { fail } from './errors.ts';

/** The signature the parser leaves on a lambda; only its text is used. */
export interface SignatureNode {
  readonly definition: string;
}

/** Checks, completes and wraps the arguments of a call. The array may be changed in place. @throws T0410, T0411, T0412 */
export type Validate = (args: unknown[], context: unknown) => unknown[];

interface Parameter {
  /** Bits of the types it takes. */
  readonly accepts: number;
  readonly array: boolean;
  /** Item type of an array, as a letter. */
  subtype?: string;
  optional: boolean;
  repeated: boolean;
  /** The context value stands in where the argument is missing. */
  context: boolean;
}

const BITS: Readonly<Record<string, number>> = { s: 1, n: 2, b: 4, l: 8, o: 16, a: 32, f: 64, m: 128 };
const ANY = 255;
const PLURALS: Readonly<Record<string, string>> = {
  a: 'arrays',
  b: 'booleans',
  f: 'functions',
  n: 'numbers',
  o: 'objects',
  s: 'strings',
};

/** Implements function signatures, `<a<n>:n>` (JSONata documentation, "Function Signatures"). The text has been checked by the parser. */
export function compileSignature(text: string): Validate {
  const parameters = parseSignature(text);
  const simple = parameters.every((parameter) => !parameter.repeated);
  return (args, context) => {
    if (simple && fitsDirectly(parameters, args)) {
      for (let index = 0; index < args.length; index++) {
        const parameter = parameters[index]!;
        if (parameter.array) args[index] = asArray(parameter, args[index], index);
      }
      return args;
    }
    return distribute(parameters, args, context);
  };
}

function parseSignature(text: string): Parameter[] {
  const parameters: Parameter[] = [];
  const add = (accepts: number, array = false) => {
    parameters.push({ accepts, array, optional: false, repeated: false, context: false });
  };
  for (let at = 1; at < text.length && text[at] !== ':'; at++) {
    const symbol = text[at]!;
    const last = parameters[parameters.length - 1];
    if (symbol === 'a') add(ANY, true);
    else if (symbol === 'f') add(BITS['f']!);
    else if (symbol === 'j') add(ANY & ~BITS['f']!);
    else if (symbol === 'x') add(ANY);
    else if (symbol === '-' && last) last.context = last.optional = true;
    else if (symbol === '?' && last) last.optional = true;
    else if (symbol === '+' && last) last.repeated = true;
    else if (symbol === '(') {
      const end = closing(text, at, '(', ')');
      add(choice(text.slice(at + 1, end)));
      at = end;
    } else if (symbol === '<' && last) {
      const end = closing(text, at, '<', '>');
      last.subtype = text.slice(at + 1, end);
      at = end;
    } else if (symbol in BITS && symbol !== 'm') add(BITS[symbol]! | BITS['m']!);
  }
  return parameters;
}

// A choice accepts exactly the letters it names: `x` and `j` have no meaning inside one.
function choice(letters: string): number {
  let accepts = BITS['m']!;
  for (const letter of letters) accepts |= BITS[letter] ?? 0;
  return accepts;
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return text.length;
}

function bitOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 1;
    case 'number':
      return 2;
    case 'boolean':
      return 4;
    case 'object':
      return value === null ? 8 : Array.isArray(value) ? 32 : 16;
    case 'function':
      return 64;
  }
  return 128;
}

function fitsDirectly(parameters: readonly Parameter[], args: readonly unknown[]): boolean {
  if (args.length > parameters.length) return false;
  for (let index = 0; index < args.length; index++) {
    if ((parameters[index]!.accepts & bitOf(args[index])) === 0) return false;
  }
  for (let index = args.length; index < parameters.length; index++) {
    const parameter = parameters[index]!;
    if (!parameter.optional || parameter.context) return false;
  }
  return true;
}

function asArray(parameter: Parameter, value: unknown, index: number): unknown {
  if (value === undefined) return undefined;
  if (parameter.subtype !== undefined) {
    const wanted = BITS[parameter.subtype.charAt(0)];
    const fits = Array.isArray(value)
      ? value.every((item) => bitOf(item) === wanted)
      : parameter.subtype.length === 1 && bitOf(value) === wanted;
    if (!fits) fail('T0412', { value, index: index + 1, type: PLURALS[parameter.subtype] });
  }
  return Array.isArray(value) ? value : [value];
}

// The general case: optional parameters may be skipped, repeated ones take several arguments, context fills gaps.
function distribute(parameters: readonly Parameter[], args: readonly unknown[], context: unknown): unknown[] {
  const bits = args.map(bitOf);
  const counts = takeArguments(parameters, bits, true);
  if (counts === undefined) {
    const misfit = firstMisfit(parameters, bits);
    return fail('T0410', { value: args[misfit], index: misfit + 1 });
  }
  const validated: unknown[] = [];
  let at = 0;
  parameters.forEach((parameter, index) => {
    if (counts[index] === 0) {
      if (!parameter.context) {
        validated.push(args[at]);
        at++;
      } else if ((parameter.accepts & bitOf(context)) !== 0) validated.push(context);
      else fail('T0411', { value: context, index: at + 1 });
      return;
    }
    for (let count = counts[index]!; count > 0; count--, at++) {
      validated.push(parameter.array ? asArray(parameter, args[at], at) : args[at]);
    }
  });
  return validated;
}

/**
 * How many arguments each parameter takes: like a regular expression over the types, each as many as it can.
 * With `all`, every argument must be taken. Undefined where it cannot be done; what failed once is not tried again.
 */
function takeArguments(parameters: readonly Parameter[], bits: readonly number[], all: boolean): number[] | undefined {
  const counts: number[] = [];
  const failed = new Set<number>();
  const take = (parameter: number, at: number): boolean => {
    if (parameter === parameters.length) return !all || at === bits.length;
    const key = parameter * (bits.length + 1) + at;
    if (failed.has(key)) return false;
    const { accepts, optional, repeated } = parameters[parameter]!;
    let most = 0;
    while (at + most < bits.length && (most === 0 || repeated) && (accepts & bits[at + most]!) !== 0) most++;
    for (let count = most; count >= (optional ? 0 : 1); count--) {
      counts[parameter] = count;
      if (take(parameter + 1, at + count)) return true;
    }
    failed.add(key);
    return false;
  };
  return take(0, 0) ? counts : undefined;
}

/** The first argument past those that the signature, as far as it can be followed, takes. */
function firstMisfit(parameters: readonly Parameter[], bits: readonly number[]): number {
  let reached = 0;
  for (let upTo = 1; upTo <= parameters.length; upTo++) {
    const counts = takeArguments(parameters.slice(0, upTo), bits, false);
    if (counts === undefined) return reached;
    reached = counts.reduce((sum, count) => sum + count, 0);
  }
  return reached;
}
