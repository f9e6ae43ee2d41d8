import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { runTestFile, type TestFileReport } from './run-test-file.ts';

/** Fewer files are run in this process: another takes about as long to start as these take. */
const WORTH_A_WORKER = 200;

/** Sent to a worker in place of another file. */
const DONE = '';

/** How many processes share the work by default. */
export function workersFor(files: number): number {
  return files < WORTH_A_WORKER ? 0 : Math.max(1, Math.min(availableParallelism(), Math.floor(files / (WORTH_A_WORKER / 2))));
}

export interface TestRunOptions {
  /** Processes that share the files; 0: this one. */
  readonly workers: number;
  /** Whether what runs is counted. */
  readonly covers: boolean;
  readonly told: (report: TestFileReport) => void;
}

/** Runs test files, in this process or in several; each report is told as it comes. Gives them in the order of the files. */
export async function runTestFiles(files: readonly string[], cwd: string, { workers, covers, told }: TestRunOptions): Promise<TestFileReport[]> {
  const reports = new Map<string, TestFileReport>();
  const note = (report: TestFileReport): void => {
    reports.set(report.file, report);
    told(report);
  };
  if (workers < 1) for (const file of files) note(await runTestFile(file, cwd, { covers }));
  else await shareOut(files, cwd, { workers, covers, told: note });
  return files.map((file) => reports.get(file) ?? { file, tests: [], fault: `${file}: the process that ran it ended early.` });
}

/** Each worker asks for the next file when it is done with one. */
async function shareOut(files: readonly string[], cwd: string, { workers, covers, told }: TestRunOptions): Promise<void> {
  const open = [...files];
  const runWorker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker: ChildProcess = fork(process.argv[1]!, ['test', '--worker', ...(covers ? ['--coverage'] : [])], { cwd, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const next = (): void => void worker.send(open.shift() ?? DONE);
      worker.on('message', (message: TestFileReport | 'ready') => {
        if (message !== 'ready') told(message);
        next();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: Math.min(workers, files.length) }, runWorker));
}

/** What a worker does: runs the files it is sent, until there are none. */
export async function serveAsWorker(cwd: string, covers: boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    process.on('message', (file: string) => {
      if (file === DONE) {
        process.disconnect();
        return resolve();
      }
      void runTestFile(file, cwd, { covers }).then((report) => process.send!(report));
    });
    process.send!('ready');
  });
}

