import { createLogUpdate } from 'log-update';
import type { Colors } from 'picocolors/types';
import { depthOf, labelOf, type Visit } from '@interstate/testing';
import { fitText, formatDuration, visible } from '../text.ts';
import type { Output } from '../terminal.ts';
import { describeChange } from './change-text.ts';
import { createLineBudget, type ChildExecutions, type Progress, type ProgressOptions } from './progress.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
/** Active states shown at once. */
const MAX_LINES = 12;

/** Progress on a terminal: a line per active state that moves, and lines that stay for what has ended. */
export function liveProgress(stream: Output, color: Colors, { trace, now }: ProgressOptions): Progress {
  const view = createLogUpdate(stream as unknown as NodeJS.WritableStream);
  const budget = createLineBudget();
  let children: ChildExecutions | undefined;
  let unfinishedLog = '';
  let ended = false;

  const draw = (): void => {
    const frame = color.cyan(FRAMES[Math.floor(performance.now() / FRAME_MS) % FRAMES.length]!);
    const columns = Math.max(20, (stream.columns ?? 80) - 2);
    const active: string[] = [];
    let more = 0;
    for (const visit of asTree(trace.open)) {
      if (active.length < MAX_LINES) active.push(activeLine(visit, frame, now(), columns, color));
      else more++;
    }
    if (more > 0) active.push(color.dim(`  … and ${more} more`));
    if (children !== undefined) active.push(color.dim(`  child executions: ${children.running} running, ${children.succeeded} succeeded, ${children.failed} failed`));
    view(active.join('\n'));
  };
  const persist = (text: string): void => {
    view.persist(text);
    draw();
  };
  const timer = setInterval(draw, FRAME_MS);
  timer.unref();

  return {
    changed(change) {
      const line = describeChange(change, now(), color);
      if (line === undefined) return;
      const left = budget(change.visit.name);
      if (left !== 'no') persist(left === 'yes' ? line : `${line}\n${color.dim(`  … what follows of '${visible(change.visit.name)}' is not shown`)}`);
    },
    childrenChanged: (news) => void (children = news),
    log(text) {
      if (ended) return void stream.write(text);
      const lines = (unfinishedLog + text).split('\n');
      unfinishedLog = lines.pop()!;
      if (lines.length > 0) persist(lines.join('\n'));
    },
    end() {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      if (unfinishedLog !== '') view.persist(unfinishedLog);
      view.clear();
      view.done();
    },
  };
}

/** States that have not ended, each below the Parallel or Map it is in. */
function asTree(open: ReadonlySet<Visit>): Visit[] {
  const inside = new Map<Visit | null, Visit[]>();
  for (const visit of open) {
    const siblings = inside.get(visit.parent);
    if (siblings) siblings.push(visit);
    else inside.set(visit.parent, [visit]);
  }
  const below = (parent: Visit | null): Visit[] =>
    (inside.get(parent) ?? []).flatMap((visit) => (visit.kind === 'iteration' ? below(visit) : [visit, ...below(visit)]));
  return below(null);
}

function activeLine(visit: Visit, frame: string, now: number, columns: number, color: Colors): string {
  const notes = [formatDuration(now - visit.from), ...notesOf(visit)].join(' · ');
  const indent = '  '.repeat(Math.min(depthOf(visit), 8));
  const label = fitText(labelOf(visit), Math.max(8, columns - indent.length - notes.length - 4));
  return `${indent}${frame} ${label} ${color.dim(notes)}`;
}

function notesOf({ stateType, status, attempts, error, items, itemsDone, parent }: Visit): string[] {
  return [
    ...(parent?.kind === 'iteration' ? [`item ${parent.index}`] : []),
    ...(stateType === 'Wait' ? ['waits'] : []),
    ...(items > 0 ? [`${itemsDone} of ${items}`] : []),
    ...(status === 'retrying' ? [`waits to retry after ${visible(error ?? 'an error')}`] : attempts > 1 ? [`attempt ${attempts}`] : []),
  ];
}
