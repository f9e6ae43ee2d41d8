import { emitKeypressEvents } from 'node:readline';
import { createTimeTravel, type RecordedVisit, type Recording } from '@interstate/testing';
import { createColors } from '../colors.ts';
import type { Terminal } from '../terminal.ts';
import { drawDebug } from './draw-debug.ts';
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

/** Shows a recording on the terminal until the user ends it. Whatever happens, the terminal is left as it was. */
export async function debugOnTerminal(title: string, recording: Recording, terminal: Terminal): Promise<void> {
  const { stdin, stdout, env } = terminal;
  const color = createColors(stdout, env);
  const session = createTimeTravel(recording);
  const visits = [...new Set(recording.flatMap(({ visit }) => visit ?? []))] as RecordedVisit[];
  const outline: DebugOutline = { ids: recording.map(({ event }) => event.id), entries: recording.map(({ event }) => event.type.endsWith('StateEntered')) };
  let view: DebugView = FIRST_VIEW;
  const draw = (): void => {
    const position = session.goTo(outline.ids[view.index]!);
    const lines = drawDebug(view, { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }, { title, recording, visits, position }, color);
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
          view = pressKey(view, nameOf(text, key), outline);
          if (view.ended) end();
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
