export {};

/** `npm run tool -- <name> [arguments]`: the monorepo's own commands. Each answers with its exit code. */
const tools: Readonly<Record<string, () => Promise<{ readonly run: (args: readonly string[]) => number | Promise<number> }>>> = {
  arrows: () => import('./arrows/run.ts'),
  build: () => import('./build/run.ts'),
  bench: () => import('./bench/run.ts'),
  conformance: () => import('./conformance/run.ts'),
  examples: () => import('./examples/run.ts'),
  fidelity: () => import('./conformance/fidelity-run.ts'),
  fuzz: () => import('./fuzz/run.ts'),
  lockfile: () => import('./lockfile/run.ts'),
  totals: () => import('./ci/totals-run.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(tools, name) ? tools[name] : undefined;
if (load === undefined) {
  process.stderr.write(`Unknown tool '${name}'. There are: ${Object.keys(tools).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await (await load()).run(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
