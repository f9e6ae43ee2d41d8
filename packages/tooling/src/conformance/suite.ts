/** A case our answer differs on. */
export interface Miss {
  readonly id: string;
  /** The rule of the language it falls under, as the suite groups its cases. */
  readonly rule: string;
  /** The first difference: what was expected, what came. */
  readonly reason: string;
}

export interface SuiteResult {
  readonly suite: string;
  readonly cases: number;
  readonly passed: number;
  readonly misses: readonly Miss[];
}

export interface SuiteOptions {
  /** `memory`: the ordinary host. `crash`: forgets its memory after each step and delivers twice. Only engine suites mind. */
  readonly host: HostKind;
  /** Ids of recordings that contradict others, left out. */
  readonly unsound: ReadonlySet<string>;
}

export type HostKind = 'memory' | 'crash';

/** One kind of recorded truth. `run` gives undefined where the folder holds none of it. */
export interface Suite {
  readonly id: string;
  readonly run: (folder: string, options: SuiteOptions) => SuiteResult | undefined | Promise<SuiteResult | undefined>;
}

/** A case prepared to be checked: gives the first difference, or undefined where all is as recorded. Whatever it throws is a difference. */
export interface Check {
  readonly id: string;
  readonly rule: string;
  readonly check: () => string | undefined | Promise<string | undefined>;
}

/**
 * Runs checks one after another and counts.
 * @throws where more than one case, and more than one in a hundred, are set aside as unsound.
 */
export async function runChecks(suite: string, checks: readonly Check[], options: SuiteOptions): Promise<SuiteResult> {
  const sound = checks.filter(({ id }) => !options.unsound.has(id));
  const setAside = checks.length - sound.length;
  if (setAside > 1 && setAside > checks.length / 100) throw new Error(`${suite}: ${setAside} of ${checks.length} recordings set aside as unsound are too many.`);
  const misses: Miss[] = [];
  for (const { id, rule, check } of sound) {
    const reason = await attempt(check);
    if (reason !== undefined) misses.push({ id, rule, reason });
  }
  return { suite, cases: sound.length, passed: sound.length - misses.length, misses };
}

async function attempt(check: Check['check']): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    return `threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
}
