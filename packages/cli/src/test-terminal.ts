import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCli } from './program.ts';
import type { Output, Terminal } from './terminal.ts';

export interface TestRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TestTerminalOptions {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly isTTY?: boolean;
  /** Called with everything written to stderr so far. */
  readonly onStderr?: (text: string, interrupt: () => void) => void;
}

/** Runs a command line in this process, on streams of its own. */
export async function runInTest(args: readonly string[], { cwd = tmpdir(), stdin = '', isTTY = false, onStderr }: TestTerminalOptions = {}): Promise<TestRun> {
  const stdout = collect(false);
  let interrupted: ((signal: string) => void) | undefined;
  const stderr = collect(isTTY, (text) => onStderr?.(text, () => interrupted?.('SIGINT')));
  const terminal: Terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {},
    cwd,
    onInterrupt(listener) {
      interrupted = listener;
      return () => void (interrupted = undefined);
    },
    captureLog: () => () => undefined,
  };
  const code = await runCli(args, terminal);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(isTTY: boolean, onWrite?: (text: string) => void): { readonly stream: Output; readonly text: () => string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      text += chunk.toString();
      done();
      onWrite?.(text);
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 100, rows: 40 }), text: () => text };
}

/**
 * A folder with these files. Values that are no text or bytes are written as JSON.
 * @param whenFinished takes what removes it: vitest's `onTestFinished`
 */
export function createFolder(files: Readonly<Record<string, unknown>>, whenFinished: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'interstate-cli-'));
  whenFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return folder;
}
