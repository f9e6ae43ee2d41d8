import { EXECUTION_KIND, type MapRunStart, type StartNotice } from '@interstate/core';
import { isJsonObject, type Address, type Effect } from '@interstate/kernel';

/** The distributed Maps around child executions: `Orders[2]` for the third child of the Map run, which has the third item, or batch. */
export class ChildPaths {
  private readonly mapRuns = new Map<string, { readonly path: readonly string[]; readonly name: string; begun: number }>();
  private readonly children = new Map<Address, readonly string[]>();

  /** Outermost first; none for an execution that is no child. */
  around(executionArn: Address): readonly string[] {
    return this.children.get(executionArn) ?? [];
  }

  /** Hears of every effect. */
  note(from: Address, effect: Effect): void {
    if (effect.type === 'call' && isJsonObject(effect.request)) {
      const { type, mapRunArn, state } = effect.request as unknown as MapRunStart;
      if (type === 'start' && mapRunArn !== undefined) this.mapRuns.set(mapRunArn, { path: this.around(from), name: state.name, begun: 0 });
    } else if (effect.type === 'spawn' && effect.kind === EXECUTION_KIND) {
      const mapRun = this.mapRuns.get((effect.notice as unknown as StartNotice).mapRunArn ?? '');
      if (mapRun) this.children.set(effect.address, [...mapRun.path, `${mapRun.name}[${mapRun.begun++}]`]);
    }
  }
}
