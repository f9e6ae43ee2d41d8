import type { Fault } from './fault.ts';
import { faultsAt } from './fault-plan.ts';
import type { Opportunity } from './opportunity.ts';

type Unplaced<Place> = Place extends Opportunity ? Omit<Place, 'at'> : never;

/** Hands out the faults of a plan as their places come, and notes what came and what befell. */
export class FaultLog {
  readonly opportunities: Opportunity[] = [];
  /** Those of the plan that came to pass: a run may end before, or come to where one cannot be. */
  readonly befell: Fault[] = [];
  private readonly byPlace: ReadonlyMap<number, Fault>;

  /** @param most a run that has more opportunities goes on for ever */
  constructor(
    plan: readonly Fault[],
    private readonly most: number,
  ) {
    this.byPlace = new Map(plan.map((fault) => [fault.at, fault]));
  }

  /** Notes an opportunity; gives the fault that is planned for it. */
  take(place: Unplaced<Opportunity>): Fault | undefined {
    const at = this.opportunities.length;
    const opportunity = { ...place, at } as Opportunity;
    this.opportunities.push(opportunity);
    const fault = this.byPlace.get(at);
    if (!fault || !faultsAt(opportunity).some(({ kind, error }) => kind === fault.kind && error === fault.error)) return undefined;
    this.befell.push(fault);
    return fault;
  }

  /** Nothing is handed on any more, so that the run comes to an end. */
  get isSpent(): boolean {
    return this.opportunities.length >= this.most;
  }
}
