/** What the debugger's screen is made of besides the recording. */
export interface DebugView {
  /** Number of the event, from 0. */
  readonly index: number;
  /** Lines of the right pane that are scrolled past. */
  readonly scroll: number;
  /** Values over several lines in place of one. */
  readonly wraps: boolean;
  readonly helps: boolean;
  /** The number being typed: of an event after `g`, of a child after `c`. */
  readonly typed: string | undefined;
  readonly asks: 'event' | 'child';
  /** Said once: why a key did nothing. */
  readonly note: string | undefined;
  /** Asked for: to go into the child at this place in the list, or out to the execution around this one. */
  readonly goes: number | 'out' | undefined;
  readonly ended: boolean;
}

/** What keys need to know of a recording. */
export interface DebugOutline {
  /** Ids of the events. */
  readonly ids: readonly number[];
  /** Which of them enter a state. */
  readonly entries: readonly boolean[];
  /** Indexes of the child executions that there are to go into at an event. */
  readonly children: (index: number) => readonly number[];
  /** Executions around this one. */
  readonly depth: number;
}

export const FIRST_VIEW: DebugView = { index: 0, scroll: 0, wraps: false, helps: false, typed: undefined, asks: 'event', note: undefined, goes: undefined, ended: false };

/** The view after a key. @param key as node:readline names it: `right`, `n`, `pagedown`; `ctrl-c` */
export function pressKey(view: DebugView, key: string, outline: DebugOutline): DebugView {
  if (key === 'ctrl-c' || (key === 'q' && view.typed === undefined)) return { ...view, ended: true };
  if (view.typed !== undefined) return typeNumber(view, view.typed, key, outline);
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
      return { ...quiet, typed: '', asks: 'event' };
    case 'c':
      return outline.children(view.index).length > 0 ? { ...quiet, typed: '', asks: 'child' } : { ...quiet, note: 'There is no child execution here: they are where a distributed Map is, from MapRunStarted on.' };
    case 'u':
      return outline.depth > 0 ? { ...quiet, goes: 'out' } : { ...quiet, note: 'There is no execution around this one.' };
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

function typeNumber(view: DebugView, typed: string, key: string, outline: DebugOutline): DebugView {
  if (/^\d$/.test(key)) return { ...view, typed: `${typed}${key}`.slice(0, MAX_DIGITS) };
  if (key === 'backspace') return { ...view, typed: typed.slice(0, -1) };
  if (key === 'escape') return { ...view, typed: undefined };
  if (key !== 'return' && key !== 'enter') return view;
  const done: DebugView = { ...view, typed: undefined };
  return view.asks === 'event' ? toEvent(done, typed, outline) : intoChild(done, typed, outline);
}

function toEvent(view: DebugView, typed: string, { ids }: DebugOutline): DebugView {
  const index = ids.indexOf(Number(typed));
  if (index !== -1) return moved(view, index);
  return { ...view, note: typed === '' ? undefined : `There is no event ${typed}: they go from ${ids[0]} to ${ids.at(-1)}.` };
}

/** The first where no number is typed. */
function intoChild(view: DebugView, typed: string, { children }: DebugOutline): DebugView {
  const indexes = children(view.index);
  const at = typed === '' ? 0 : indexes.indexOf(Number(typed));
  return at === -1 ? { ...view, note: `There is no child ${typed}: they go from ${Math.min(...indexes)} to ${Math.max(...indexes)}.` } : { ...view, goes: at };
}
