import type { Address, ApiRequest, Caller, Crypto, Effect, EpochMs, Json, JsonObject, Machine, Message, Outcome } from '@interstate/kernel';
import type { Delivery } from '@interstate/kernel/testing';
import { createKms, type KmsOptions } from '@interstate/service-kit';
import { sqs, type SqsOptions } from '../src/adapter.ts';

export const PLACE = { region: 'us-east-1', account: '123456789012' };

interface Tenant {
  readonly machine: Machine;
  state: unknown;
  readonly script: Delivery[];
  timer: { readonly at: EpochMs; readonly housekeeping: boolean } | undefined;
}

export interface ServiceOptions extends Partial<SqsOptions> {
  readonly crypto: Crypto;
  readonly keys?: KmsOptions;
  /** Keeps what is delivered, for the contract of machines. */
  readonly scripts?: boolean;
}

/** SQS in a host that does nothing by itself: calls are answered at once or when time is let pass. */
export class Service {
  now: EpochMs = Date.UTC(2026, 0, 1);
  readonly tenants = new Map<Address, Tenant>();
  /** Answers to calls, by the name `call` gave. */
  readonly answers = new Map<string, Outcome>();
  readonly kms;
  private readonly adapter;
  private readonly queue: { readonly to: Address; readonly message: Message }[] = [];
  private count = 0;

  constructor(private readonly options: ServiceOptions) {
    this.kms = createKms({ ...PLACE, seed: () => [1, 2, 3, 4] }, options.keys);
    this.adapter = sqs({ ...PLACE, ...options, kms: this.kms });
    const { directory } = this.adapter.services[0]!;
    this.settle(directory.kind, directory.address);
    this.queue.push({ to: directory.address, message: { type: 'notice', from: 'outside', notice: { type: 'open', seed: [1, 2, 3, 4] } } });
    this.run();
  }

  /** Machines anew, sharing nothing with these. */
  machines(): readonly Machine[] {
    return sqs({ ...PLACE, ...this.options, kms: createKms({ ...PLACE, seed: () => [1, 2, 3, 4] }, this.options.keys) }).machines;
  }

  /** Calls; the name of the call. */
  start(action: string, input: JsonObject, caller?: Caller): string {
    const callId = String(++this.count);
    const request: ApiRequest = { action, input, ...(caller && { caller }) };
    this.queue.push({ to: this.adapter.services[0]!.addressOf(action, input), message: { type: 'call', replyTo: { address: 'outside', callId }, request: request as unknown as Json } });
    this.run();
    return callId;
  }

  /** Calls; the outcome, undefined while it waits. */
  call(action: string, input: JsonObject, caller?: Caller): Outcome | undefined {
    return this.answers.get(this.start(action, input, caller));
  }

  /** The output of a call that must succeed now. */
  ask(action: string, input: JsonObject, caller?: Caller): JsonObject {
    const outcome = this.call(action, input, caller);
    if (!outcome?.ok) throw new Error(`${action}: ${JSON.stringify(outcome)}`);
    return outcome.value as JsonObject;
  }

  cancel(callId: string, at: Address): void {
    this.queue.push({ to: at, message: { type: 'cancelled', replyTo: { address: 'outside', callId } } });
    this.run();
  }

  /** Lets time pass. */
  advance(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (let due = this.nextDue(); due !== undefined && due.at <= until; due = this.nextDue()) {
      this.now = Math.max(this.now, due.at);
      const tenant = this.tenants.get(due.to)!;
      tenant.timer = undefined;
      this.queue.push({ to: due.to, message: { type: 'timer', key: 'due' } });
      this.run();
    }
    this.now = until;
  }

  /** Every machine leaves memory as text, and comes back. */
  reload(): void {
    for (const tenant of this.tenants.values()) {
      const { machine, state } = tenant;
      tenant.state = machine.load(new Map(JSON.parse(JSON.stringify([...machine.records(state)])) as [string, Json][]));
    }
  }

  /** Whether a timer is set that somebody waits for. */
  get isPressing(): boolean {
    return [...this.tenants.values()].some(({ timer }) => timer !== undefined && !timer.housekeeping);
  }

  private nextDue(): { readonly at: EpochMs; readonly to: Address } | undefined {
    let next: { readonly at: EpochMs; readonly to: Address } | undefined;
    for (const [to, { timer }] of this.tenants) if (timer && (next === undefined || timer.at < next.at)) next = { at: timer.at, to };
    return next;
  }

  private settle(kind: string, address: Address): void {
    if (this.tenants.has(address)) return;
    const machine = this.adapter.machines.find((candidate) => candidate.kind === kind)!;
    this.tenants.set(address, { machine, state: machine.load(new Map()), script: [], timer: undefined });
  }

  private run(): void {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      const { to, message } = next;
      const address = this.tenants.has(to) ? to : this.adapter.services[0]!.directory.address;
      const tenant = this.tenants.get(address)!;
      if (this.options.scripts) tenant.script.push({ message, now: this.now });
      const { effects } = tenant.machine.step(tenant.state, message, { now: this.now, crypto: this.options.crypto });
      for (const effect of effects) this.perform(address, tenant, effect);
    }
  }

  private perform(from: Address, tenant: Tenant, effect: Effect): void {
    switch (effect.type) {
      case 'timer':
        tenant.timer = { at: effect.at, housekeeping: effect.housekeeping ?? false };
        return;
      case 'clearTimer':
        tenant.timer = undefined;
        return;
      case 'call':
        return void this.queue.push({ to: effect.to, message: { type: 'call', replyTo: { address: from, callId: effect.callId }, request: effect.request } });
      case 'reply':
        if (effect.to.address === 'outside') return void this.answers.set(effect.to.callId, effect.outcome);
        return void this.queue.push({ to: effect.to.address, message: { type: 'reply', callId: effect.to.callId, outcome: effect.outcome } });
      case 'spawn':
        this.settle(effect.kind, effect.address);
        return void this.queue.push({ to: effect.address, message: { type: 'notice', from, notice: effect.notice } });
    }
  }
}
