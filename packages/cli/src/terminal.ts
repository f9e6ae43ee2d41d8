import { Console } from 'node:console';
import { Writable, type Readable } from 'node:stream';

/** A stream that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What a command sees of the world: `process` in a shell, plain streams in a test. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  /** What was asked for, and nothing else: outputs, machine-readable reports. */
  readonly stdout: Output;
  /** Everything for the person in front: progress, timelines, errors. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls the listener with the signal when the user presses Ctrl-C (SIGINT) or the process is told to end (SIGTERM); gives back how to stop listening. */
  onInterrupt(listener: (signal: string) => void): () => void;
  /** Hands over what functions log with `console`, so that it neither mixes with outputs nor tears a live view; gives back how to stop. */
  captureLog(write: (text: string) => void): () => void;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    onInterrupt(listener) {
      let interrupted = false;
      const heard = (signal: string): void => {
        // Whoever asks twice does not want to wait for an orderly end.
        if (interrupted) process.exit(130);
        interrupted = true;
        listener(signal);
      };
      process.on('SIGINT', heard);
      process.on('SIGTERM', heard);
      return () => {
        process.off('SIGINT', heard);
        process.off('SIGTERM', heard);
      };
    },
    captureLog(write) {
      const original = globalThis.console;
      const stream = new Writable({
        write(chunk: Buffer, _encoding, done) {
          write(chunk.toString());
          done();
        },
      });
      globalThis.console = new Console({ stdout: stream, stderr: stream });
      return () => void (globalThis.console = original);
    },
  };
}
