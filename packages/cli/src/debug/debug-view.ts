/** What the debugger's screen is made of besides the recording. */
export interface DebugView {
  /** Number of the event, from 0. */
  readonly index: number;
  /** Lines of the right pane that are scrolled past. */
  readonly scroll: number;
  /** Values over several lines in place of one. */
  readonly wraps: boolean;
  readonly helps: boolean;
  /** The event id being typed after `g`. */
  readonly typed: string | undefined;
  /** Said once: why a key did nothing. */
  readonly note: string | undefined;
  readonly ended: boolean;
}

/** What keys need to know of a recording. */
export interface DebugOutline {
  /** Ids of the events. */
  readonly ids: readonly number[];
  /** Which of them enter a state. */
  readonly entries: readonly boolean[];
}

export const FIRST_VIEW: DebugView = { index: 0, scroll: 0, wraps: false, helps: false, typed: undefined, note: undefined, ended: false };

/** The view after a key. @param key as node:readline names it: `right`, `n`, `pagedown`; `ctrl-c` */
export function pressKey(view: DebugView, key: string, outline: DebugOutline): DebugView {
  if (key === 'ctrl-c' || (key === 'q' && view.typed === undefined)) return { ...view, ended: true };
  if (view.typed !== undefined) return typeId(view, view.typed, key, outline);
  const quiet: DebugView = { ...view, helps: false, note: undefined };
  const last = outline.ids.length - 1;
  switch (key) {
    case 'right':
    case 'n':
      return view.index < last ? moved(quiet, view.index + 1) : { ...quiet, note: 'This is the last event.' };
    case 'left':
    case 'p':
      return view.index > 0 ? moved(quiet, view.index - 1) : { ...quiet, note: 'This is the first event.' };
    case 'down':
      return toEntry(quiet, 1, outline, 'No state is entered after this.');
    case 'up':
      return toEntry(quiet, -1, outline, 'No state was entered before this.');
    case 'home':
      return moved(quiet, 0);
    case 'end':
      return moved(quiet, last);
    case 'pagedown':
      return { ...quiet, scroll: view.scroll + SCROLL };
    case 'pageup':
      return { ...quiet, scroll: Math.max(0, view.scroll - SCROLL) };
    case 'w':
      return { ...quiet, wraps: !view.wraps, scroll: 0 };
    case 'g':
      return { ...quiet, typed: '' };
    case '?':
      return { ...quiet, helps: !view.helps };
    default:
      return quiet;
  }
}

const SCROLL = 8;
const MAX_DIGITS = 6;

function moved(view: DebugView, index: number): DebugView {
  return { ...view, index, scroll: 0 };
}

function toEntry(view: DebugView, direction: 1 | -1, { entries }: DebugOutline, otherwise: string): DebugView {
  for (let index = view.index + direction; index >= 0 && index < entries.length; index += direction) if (entries[index]) return moved(view, index);
  return { ...view, note: otherwise };
}

function typeId(view: DebugView, typed: string, key: string, { ids }: DebugOutline): DebugView {
  if (/^\d$/.test(key)) return { ...view, typed: `${typed}${key}`.slice(0, MAX_DIGITS) };
  if (key === 'backspace') return { ...view, typed: typed.slice(0, -1) };
  if (key === 'escape') return { ...view, typed: undefined };
  if (key !== 'return' && key !== 'enter') return view;
  const index = ids.indexOf(Number(typed));
  if (index !== -1) return moved({ ...view, typed: undefined }, index);
  return { ...view, typed: undefined, note: typed === '' ? undefined : `There is no event ${typed}: they go from ${ids[0]} to ${ids.at(-1)}.` };
}
