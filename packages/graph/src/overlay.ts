/** What a run, or many, made of a state: how it is coloured, and a few words beside it. */
export interface StateMark {
  readonly status: 'succeeded' | 'caught' | 'failed' | 'running' | 'aborted' | 'covered' | 'partly' | 'missed';
  /** `3×`, `1.2 s`, `80 %`. */
  readonly note?: string;
}

/** Drawn over a graph: an execution, or coverage. States and transitions without a mark fade. */
export interface Overlay {
  readonly states: ReadonlyMap<string, StateMark>;
  /** Transitions that were taken, as `from → to` (see {@link transitionKey}), with how often. */
  readonly transitions: ReadonlyMap<string, number>;
}

export function transitionKey(from: string, to: string): string {
  return `${from} → ${to}`;
}
