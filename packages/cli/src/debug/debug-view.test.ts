import { createRecorder, createTimeTravel, testCloud, type RecordedVisit } from '@interstate/testing';
import fc from 'fast-check';
import pico from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { FIRST_VIEW, pressKey, type DebugOutline, type DebugView } from './debug-view.ts';
import { drawDebug } from './draw-debug.ts';

const OUTLINE: DebugOutline = { ids: [1, 2, 3, 4], entries: [false, true, false, true], children: (index) => (index === 2 ? [0, 2, 1] : []), depth: 0 };
const press = (...keys: readonly string[]): DebugView => keys.reduce((view, key) => pressKey(view, key, OUTLINE), FIRST_VIEW);

describe('keys', () => {
  it.each<[readonly string[], Partial<DebugView>]>([
    [['right', 'n', 'left'], { index: 1 }],
    [['down'], { index: 1 }],
    [['down', 'down'], { index: 3 }],
    [['end', 'up'], { index: 1 }],
    [['end', 'right'], { index: 3, note: 'This is the last event.' }],
    [['p'], { index: 0, note: 'This is the first event.' }],
    [['up'], { index: 0, note: 'No state was entered before this.' }],
    [['end', 'home', 'pagedown', 'pagedown', 'pageup'], { index: 0, scroll: 8 }],
    [['pagedown', 'right'], { scroll: 0 }],
    [['g', '3', 'return'], { index: 2, typed: undefined }],
    [['g', '3', '5', 'backspace', 'x', 'return'], { index: 2 }],
    [['g', '9', 'return'], { index: 0, note: 'There is no event 9: they go from 1 to 4.' }],
    [['g', 'q'], { typed: '', ended: false }],
    [['g', 'escape'], { typed: undefined }],
    [['g', 'ctrl-c'], { ended: true }],
    [['c'], { typed: undefined, note: 'There is no child execution here: they are where a distributed Map is, from MapRunStarted on.' }],
    [['n', 'n', 'c'], { typed: '', asks: 'child' }],
    [['n', 'n', 'c', 'return'], { goes: 0, typed: undefined }],
    [['n', 'n', 'c', '1', 'return'], { goes: 2 }],
    [['n', 'n', 'c', '7', 'return'], { goes: undefined, note: 'There is no child 7: they go from 0 to 2.' }],
    [['n', 'n', 'c', 'escape'], { goes: undefined, typed: undefined }],
    [['u'], { goes: undefined, note: 'There is no execution around this one.' }],
    [['?'], { helps: true }],
    [['?', '?'], { helps: false }],
    [['w'], { wraps: true }],
    [['q'], { ended: true }],
    [['f12'], FIRST_VIEW],
  ])('%j', (keys, view) => {
    expect(press(...keys)).toMatchObject(view);
  });
});

describe('the screen', async () => {
  const { watcher, recordings } = createRecorder();
  const cloud = testCloud({ watcher });
  cloud.mock('Charge').failsOnce('Busy', '\u001b[31mred').thenReturns({ text: '\u001b[2J漢字'.repeat(40) });
  const charge = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', Retry: [{ ErrorEquals: ['Busy'] }], Assign: { 'was.$': '$.text' }, End: true };
  await cloud.run({ StartAt: 'All', States: { All: { Type: 'Map', ItemProcessor: { StartAt: 'Charge', States: { Charge: charge } }, Next: 'Done' }, Done: { Type: 'Succeed' } } }, [1, 2]);
  const recording = [...recordings.values()][0]!;
  const visits = [...new Set(recording.flatMap(({ visit }) => visit ?? []))] as RecordedVisit[];
  const session = createTimeTravel(recording);
  const outline: DebugOutline = { ids: recording.map(({ event }) => event.id), entries: recording.map(({ event }) => event.type.endsWith('StateEntered')), children: () => [], depth: 0 };
  const color = pico.createColors(false);
  const draw = (view: DebugView, columns: number, rows: number): string[] => drawDebug(view, { columns, rows }, { title: 'order', recording, visits, position: session.goTo(outline.ids[view.index]!) }, color);

  it('shows where it is, what the fields came to, and what waits', () => {
    const index = recording.findIndex(({ event }) => event.type === 'LambdaFunctionFailed');
    expect(draw({ ...FIRST_VIEW, index }, 80, 16).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
      [
        "order · event 12 of 25 · 0 ms · LambdaFunctionFailed",
        "────────────────────────────────────────────────────────────────────────────────",
        "  All                        │ All[0]/Charge (Task)",
        "▶   All[0]/Charge            │ input           1",
        "    All[1]/Charge            │ afterInputPath  1",
        "  Done                       │ afterParameters 1",
        "                             │ error           "Busy"",
        "                             │ cause           "\\u001b[31mred"",
        "                             │ errorDetails    {"retryIndex":0}",
        "                             │",
        "                             │ Waits for",
        "                             │ All[1]/Charge its work, for 0 ms so far",
        "                             │ All[0]/Charge its next attempt, for 0 ms so far",
        "                             │",
        "                             │",
        "←→ event  ↑↓ state  g go to  c u child  w whole values  ? help  q quit",
      ]
    `);
  });

  it('fits into whatever terminal there is, and lets nothing in a value steer it', () => {
    const keys = fc.constantFrom('right', 'left', 'up', 'down', 'home', 'end', 'pagedown', 'pageup', 'w', '?', 'g', 'c', 'u', '1', '2', 'return', 'escape', 'x');
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 30 }), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), (pressed, columns, rows) => {
        const view = pressed.reduce((before, key) => pressKey(before, key, outline), FIRST_VIEW);
        const lines = draw(view, columns, rows);
        expect(lines).toHaveLength(rows);
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(columns);
          expect(line).not.toContain('\u001b');
        }
      }),
    );
  });
});
