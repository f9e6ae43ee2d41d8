import type { Colors } from 'picocolors/types';
import { type Change, labelOf, type Visit } from '@interstate/testing';
import { fitText, formatDuration, visible } from '../text.ts';

/** Names of the visits around a visit, outermost first: `Fulfil › Pack`, `Reserve the items[2] › Reserve`. */
export function pathOf(visit: Visit): string {
  const names: string[] = [];
  for (let at: Visit | null = visit; at !== null; at = at.parent) {
    names.push(labelOf(at));
    // An iteration names its Map already.
    if (at.kind === 'iteration' && at.parent !== null) at = at.parent;
  }
  return fitText(names.reverse().join(' › '), 200);
}

/** What happened, in a line; undefined where it is not worth one. */
export function describeChange({ type, visit }: Change, at: number, color: Colors): string | undefined {
  const path = pathOf(visit);
  const error = visible(visit.error ?? 'an error');
  switch (type) {
    case 'attemptFailed':
      return `${color.red('✗')} ${path} ${color.dim(`attempt ${Math.max(1, visit.attempts)}`)} ${color.red(error)}`;
    case 'retried':
      return `${color.yellow('↻')} ${path} ${color.dim(`attempt ${visit.attempts}`)}`;
    case 'ended':
      if (visit.kind === 'iteration') return undefined;
      return endText(visit, path, color.dim(formatDuration((visit.to ?? at) - visit.from)), color);
    case 'entered':
    case 'progressed':
      return undefined;
    default:
      return type satisfies never;
  }
}

function endText({ status, error }: Visit, path: string, took: string, color: Colors): string {
  if (status === 'succeeded') return `${color.green('✔')} ${path} ${took}`;
  if (status === 'caught') return `${color.yellow('↷')} ${path} ${took} ${color.yellow(`caught ${visible(error ?? 'an error')}`)}`;
  return `${color.dim('■')} ${path} ${took} ${color.dim(status)}`;
}
