import { nearName } from '@interstate/kernel';
import { fitOf, parseFunctionName, type FunctionName } from './function-name.ts';
import type { Handler } from './handler.ts';

/** What is known of a function besides its code. */
export interface FunctionOptions {
  /** For `context.getRemainingTimeInMillis()`; nothing is stopped by it. Seconds, 1…900, default 900 or the Task's `TimeoutSeconds` if shorter. */
  readonly timeoutSeconds?: number;
  /** `context.memoryLimitInMB`. Default 128. */
  readonly memorySize?: number;
  /** How many calls run at once at most; more are refused with `TooManyRequestsException`. 0 refuses all. Default: no bound. */
  readonly reservedConcurrency?: number;
  /** ARN of a queue or topic that takes the events of asynchronous invocations that failed for good (`DeadLetterConfig`). */
  readonly deadLetterTargetArn?: string;
  /** `context.functionVersion` and `ExecutedVersion` of results. Default `$LATEST`. */
  readonly version?: string;
}

export interface RegisteredFunction {
  /** As it was registered. */
  readonly text: string;
  readonly name: FunctionName;
  readonly handler: Handler;
  readonly options: FunctionOptions;
  /** Calls that run right now; counted where there is a bound. */
  running: number;
}

export interface FunctionRegistry {
  /** A function registered again replaces the earlier one. */
  set(text: string, handler: Handler, options: FunctionOptions): void;
  delete(text: string): boolean;
  /** The registration that says most about the function asked for. */
  find(text: string): RegisteredFunction | undefined;
  names(): string[];
  /** What a user has to do so that this function is found. */
  adviceFor(text: string): string;
}

const REMEMBERED_NAMES = 1000;

export function createFunctionRegistry(): FunctionRegistry {
  const byText = new Map<string, RegisteredFunction>();
  const byName = new Map<string, RegisteredFunction[]>();
  // Tasks ask for the same few names over and over.
  const found = new Map<string, RegisteredFunction>();

  const drop = (text: string): boolean => {
    const old = byText.get(text);
    if (old === undefined) return false;
    byText.delete(text);
    const rest = byName.get(old.name.name)!.filter((each) => each !== old);
    byName.set(old.name.name, rest);
    found.clear();
    return true;
  };

  return {
    set(text, handler, options) {
      drop(text);
      const entry: RegisteredFunction = { text, name: parseFunctionName(text), handler, options, running: 0 };
      byText.set(text, entry);
      const same = byName.get(entry.name.name);
      if (same === undefined) byName.set(entry.name.name, [entry]);
      else same.push(entry);
      found.clear();
    },
    delete: drop,
    find(text) {
      const known = found.get(text);
      if (known !== undefined) return known;
      const entry = byText.get(text) ?? bestOf(byName, text);
      if (entry !== undefined) {
        if (found.size >= REMEMBERED_NAMES) found.clear();
        found.set(text, entry);
      }
      return entry;
    },
    names: () => [...byText.keys()],
    adviceFor(text) {
      const { name } = parseFunctionName(text);
      const near = nearName(name, byName.keys());
      const known = byText.size === 0 ? 'No function is registered.' : `Registered: ${listed([...byText.keys()])}.`;
      return (
        `No local function answers for ${quoted(text)}. Register one: lambda.register(${quoted(name)}, handler). ` +
        (near === undefined ? known : `Did you mean ${quoted(near)}? ${known}`)
      );
    },
  };
}

function bestOf(byName: ReadonlyMap<string, readonly RegisteredFunction[]>, text: string): RegisteredFunction | undefined {
  const wanted = parseFunctionName(text);
  let best: RegisteredFunction | undefined;
  let bestFit = -1;
  for (const entry of byName.get(wanted.name) ?? []) {
    const fit = fitOf(entry.name, wanted);
    if (fit > bestFit) {
      best = entry;
      bestFit = fit;
    }
  }
  return best;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map(quoted).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
