import fc from 'fast-check';
import { hostileProperties } from './hostile-properties.ts';
import { machineProperties } from './machine-properties.ts';
import { packageProperties } from './package-properties.ts';

/**
 * `npm run fuzz -- [seconds each] [part of a name]`: every property on ever new values, for so many seconds (default 15), or
 * `--runs <count>` as often as that, from a seed that is printed with what fails.
 */
export async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--runs');
  const runs = at < 0 ? undefined : Number(args[at + 1]);
  const [first, ...rest] = at < 0 ? args : args.toSpliced(at, 2);
  const seconds = first === undefined || Number.isNaN(Number(first)) ? 15 : Number(first);
  const wanted = (seconds === Number(first) ? rest : [first, ...rest].filter((word) => word !== undefined)).join(' ');
  const seed = Math.floor(Math.random() * 2 ** 31);
  const properties = [...machineProperties, ...hostileProperties, ...(await packageProperties())];
  let failed = 0;
  for (const { name, property } of properties.filter((candidate) => candidate.name.includes(wanted))) {
    const started = performance.now();
    const details = await fc.check(property as fc.IAsyncProperty<unknown>, {
      seed,
      numRuns: runs ?? Number.MAX_SAFE_INTEGER,
      ...(runs === undefined && { interruptAfterTimeLimit: seconds * 1000, skipAllAfterTimeLimit: seconds * 1000 }),
    });
    // Out of time is how a property passes.
    const broken = details.counterexample !== null;
    if (broken) failed++;
    process.stdout.write(`${broken ? 'FAILED' : 'held  '}  ${String(details.numRuns).padStart(7)} runs  ${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${name}\n`);
    if (broken) process.stdout.write(`${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}\n`);
  }
  return failed === 0 ? 0 : 1;
}
