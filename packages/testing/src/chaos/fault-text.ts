import { durationText } from '../duration-text.ts';
import type { Fault } from './fault.ts';
import { excerptOf, firstHalf, isDelete, nameOf } from './hand-over.ts';
import type { HandOver, Opportunity, TaskAttempt } from './opportunity.ts';

/** A fault, told. */
export function faultText(fault: Fault, opportunity: Opportunity): string {
  return opportunity.type === 'task' ? taskText(fault, opportunity) : handOverText(fault, opportunity);
}

function taskText({ kind, error }: Fault, { stateName }: TaskAttempt): string {
  switch (kind) {
    case 'answerLost':
      return `'${stateName}' does its work, but its answer is lost: ${error}`;
    case 'failing':
      return `'${stateName}' fails with ${error}, again and again`;
    case 'unanswered':
      return `nobody ever answers '${stateName}'`;
    default:
      return `'${stateName}' fails with ${error}`;
  }
}

function handOverText({ kind, delaySeconds = 0 }: Fault, place: HandOver): string {
  const { action, input, by } = place;
  // What waits for a function that was called and not waited for, Lambda itself hands on.
  const [from, to] = [place.from === place.to ? 'Lambda' : nameOf(place.from), nameOf(place.to)];
  const excerpt = excerptOf(place);
  const what = excerpt === '' ? `what comes from '${from}'` : excerpt;
  switch (kind) {
    case 'duplicate':
      return `'${from}' delivers ${what} to '${to}' twice${delaySeconds === 0 ? '' : `, the second time ${durationText(delaySeconds)} later`}`;
    case 'late':
      return `${what} comes to '${to}' ${durationText(delaySeconds)} late`;
    case 'outOfOrder':
      return `${what} is overtaken in '${to}' by what is sent right after it`;
    case 'redelivered':
      return isDelete(action) ? `'${to}' is not told that a message was dealt with, and delivers it again` : `'${to}' takes ${what}, but its answer is lost, and '${from}' delivers it again`;
    case 'died':
      if (by !== undefined) return `'${nameOf(by)}' dies in its work, right before it calls ${action} of '${to}'`;
      return `'${to}' dies ${firstHalf({ action, input }) ? 'half-way through' : 'with'} ${what}${firstHalf({ action, input }) ? '' : ' at hand'}`;
    default:
      return `'${to}' fails with ${what}, again and again`;
  }
}
