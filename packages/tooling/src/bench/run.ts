import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { formatTable } from '../table.ts';
import { listPackages } from '../workspace/packages.ts';
import type { Bench } from './bench.ts';
import { bundleBench } from './bundle.ts';
import { measureBench, type Measured } from './measure.ts';

const OPTIONS = { rounds: 7, sampleMs: 100, clock: () => performance.now() };

/** `npm run bench -- [id] [--json]`: ours against a peer's, in turns, medians. `id` may end in `*`. Fails where a ratio is below its floor. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const benches = (await findBenches()).filter(({ id }) => positionals.length === 0 || positionals.some((name) => isNamed(id, name)));
  if (benches.length === 0) {
    process.stderr.write(`No bench ${positionals.join(', ')}\n`);
    return 1;
  }
  const rows: Measured[] = [];
  for (const bench of benches) {
    process.stderr.write(`${bench.id}…\n`);
    rows.push(benches.length === 1 ? await measureBench(bench, OPTIONS) : measureApart(bench.id));
  }
  const floors = benches.map(({ floor }) => floor ?? null);
  process.stdout.write(`${values.json === true ? JSON.stringify(rows, null, 2) : formatTable(tableOf(rows, floors))}\n`);
  return rows.every(({ ratio }, index) => ratio >= (floors[index] ?? 0)) ? 0 : 1;
}

/** Measures a row in a process of its own: what other rows keep in memory would slow it. */
function measureApart(id: string): Measured {
  const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, process.argv[1]!, 'bench', id, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 24 });
  const rows = stdout.startsWith('[') ? (JSON.parse(stdout) as Measured[]) : [];
  if (rows.length !== 1) throw new Error(`${id} was not measured: ${stderr}`);
  return rows[0]!;
}

async function findBenches(): Promise<Bench[]> {
  const benches: Bench[] = [];
  for (const { folder } of listPackages()) {
    const bench = join(folder, 'bench');
    if (!existsSync(bench)) continue;
    for (const file of readdirSync(bench).sort()) {
      if (!file.endsWith('.bench.ts')) continue;
      benches.push(...(await loadBenches(join(bench, file))));
    }
  }
  return benches;
}

/** The benches of a file. One that does not load is named and passed over, so that it cannot keep the others from running. */
async function loadBenches(file: string): Promise<readonly Bench[]> {
  try {
    const { benches } = (await import(pathToFileURL(await bundleBench(file)).href)) as { readonly benches?: readonly Bench[] };
    if (benches !== undefined) return benches;
    process.stderr.write(`${file}: exports no \`benches\`\n`);
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return [];
}

function isNamed(id: string, name: string): boolean {
  return name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name;
}

function tableOf(rows: readonly Measured[], floors: readonly (number | null)[]): string[][] {
  return [
    ['id', 'work', 'unit', 'ours', 'peer', 'ratio', 'floor'],
    ...rows.map(({ id, work, unit, ours, peer, ratio }, index) => [id, work, unit, figure(ours), figure(peer), figure(ratio), floors[index]?.toString() ?? '–']),
  ];
}

/** Three significant digits, or whole thousands with separators. */
function figure(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
