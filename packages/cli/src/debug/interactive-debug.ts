import { emitKeypressEvents } from 'node:readline';
import { createTimeTravel, type Position, type Recording } from '@interstate/testing';
import { createColors } from '../colors.ts';
import type { Terminal } from '../terminal.ts';
import { childName } from './debug-rows.ts';
import { drawDebug, type DebugSubject } from './draw-debug.ts';
import { FIRST_VIEW, pressKey, type DebugOutline, type DebugView } from './debug-view.ts';

const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l';
const LEAVE_SCREEN = '\u001b[?25h\u001b[?1049l';
const TO_TOP = '\u001b[H';
/** Before the line: after one as wide as the terminal, it would take its last column away. */
const CLEAR_LINE = '\u001b[K';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly sequence?: string;
}

/** An execution that is shown, and how. */
interface Shown extends Omit<DebugSubject, 'position'> {
  readonly outline: DebugOutline;
  readonly positionAt: (index: number) => Position;
  view: DebugView;
}

function show(title: string, recording: Recording, depth: number): Shown {
  const session = createTimeTravel(recording);
  const positionAt = (index: number): Position => session.goTo(recording[index]!.event.id);
  const outline: DebugOutline = {
    ids: recording.map(({ event }) => event.id),
    entries: recording.map(({ event }) => event.type.endsWith('StateEntered')),
    children: (index) => positionAt(index).children.map((child) => child.index),
    depth,
  };
  return { title, recording, visits: [...new Set(recording.flatMap(({ visit }) => visit ?? []))], outline, positionAt, view: FIRST_VIEW };
}

/** @param shown the execution that is looked at last, those around it before */
function press(shown: Shown[], key: string): void {
  const current = shown.at(-1)!;
  const { goes, ...view } = pressKey(current.view, key, current.outline);
  current.view = { ...view, goes: undefined };
  if (goes === 'out') shown.pop();
  else if (goes !== undefined) {
    const position = current.positionAt(view.index);
    const child = position.children[goes]!;
    shown.push(show(`${current.title} › ${childName(position, child)}`, child.recording, shown.length));
  }
}

/** Shows a recording on the terminal until the user ends it. Whatever happens, the terminal is left as it was. */
export async function debugOnTerminal(title: string, recording: Recording, terminal: Terminal): Promise<void> {
  const { stdin, stdout, env } = terminal;
  const color = createColors(stdout, env);
  const shown = [show(title, recording, 0)];
  const draw = (): void => {
    const { view, positionAt, ...subject } = shown.at(-1)!;
    const lines = drawDebug(view, { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }, { ...subject, position: positionAt(view.index) }, color);
    stdout.write(`${TO_TOP}${lines.map((line) => CLEAR_LINE + line).join('\r\n')}`);
  };
  const restore = (): void => {
    stdin.setRawMode?.(false);
    stdout.write(LEAVE_SCREEN);
  };
  let onKey: ((text: string | undefined, key: Key) => void) | undefined;
  let release: () => void = () => undefined;
  // A crash ends the process without coming by here again.
  process.once('exit', restore);
  try {
    emitKeypressEvents(stdin);
    stdin.setRawMode?.(true);
    stdout.write(ENTER_SCREEN);
    draw();
    await new Promise<void>((end, fail) => {
      onKey = (text, key) => {
        try {
          press(shown, nameOf(text, key));
          if (shown.at(-1)!.view.ended) end();
          else draw();
        } catch (error) {
          fail(error as Error);
        }
      };
      stdin.on('keypress', onKey);
      stdin.on('end', end);
      stdin.resume();
      stdout.on('resize', draw);
      release = terminal.onInterrupt(() => end());
    });
  } finally {
    if (onKey) stdin.off('keypress', onKey);
    stdout.off('resize', draw);
    release();
    stdin.pause();
    process.off('exit', restore);
    restore();
  }
}

function nameOf(text: string | undefined, { name, ctrl, sequence }: Key): string {
  return `${ctrl === true ? 'ctrl-' : ''}${name ?? text ?? sequence ?? ''}`;
}
