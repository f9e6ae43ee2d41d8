import type { Colors } from 'picocolors/types';
import { formatDuration } from '../text.ts';
import type { Output } from '../terminal.ts';
import { describeChange, pathOf } from './change-text.ts';
import { createLineBudget, type Progress, type ProgressOptions } from './progress.ts';

/** Real time between two lines about child executions. */
const CHILDREN_EVERY_MS = 1000;

/** Progress as lines that stay: for files, pipes and build logs. */
export function plainProgress(stream: Output, color: Colors, { now }: ProgressOptions): Progress {
  const start = now();
  const budget = createLineBudget();
  let told = -Infinity;
  const write = (name: string, line: string): void => {
    const left = budget(name);
    if (left === 'no') return;
    const time = formatDuration(now() - start).padStart(9);
    stream.write(`${color.dim(time)}  ${line}\n${left === 'last' ? `${' '.repeat(9)}  … what follows of this state is not shown\n` : ''}`);
  };
  return {
    changed(change) {
      const { visit, type } = change;
      const lasting = visit.stateType === 'Task' || visit.stateType === 'Wait' || visit.stateType === 'Parallel' || visit.stateType === 'Map';
      if (type === 'entered' && visit.kind === 'state' && lasting) return write(visit.name, `${color.cyan('▸')} ${pathOf(visit)} ${color.dim(visit.stateType)}`);
      const line = describeChange(change, now(), color);
      if (line !== undefined) write(visit.name, line);
    },
    childrenChanged({ running, succeeded, failed }) {
      if (performance.now() - told < CHILDREN_EVERY_MS) return;
      told = performance.now();
      stream.write(`${color.dim(formatDuration(now() - start).padStart(9))}    child executions: ${running} running, ${succeeded} succeeded, ${failed} failed\n`);
    },
    log: (text) => void stream.write(text),
    end: () => undefined,
  };
}
