import pico from 'picocolors';
import type { Output } from './terminal.ts';

/** Colours for a stream: on terminals, unless NO_COLOR is set; everywhere with FORCE_COLOR. */
export function createColors({ isTTY }: Output, env: Readonly<Record<string, string | undefined>>): ReturnType<typeof pico.createColors> {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return pico.createColors(!env['NO_COLOR'] && (forced || (isTTY === true && env['TERM'] !== 'dumb')));
}
