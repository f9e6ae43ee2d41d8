import type { BusContext } from './bus-context.ts';
import { followRule } from './deliver.ts';
import { envelope } from './envelope.ts';
import { keepRule, scheduled } from './rules.ts';

/** Sends the events of the schedules that are due. A rule whose time was missed several times over fires once. */
export function fireDue(context: BusContext): void {
  const { state, now, options } = context;
  for (const live of state.rules.due(now)) {
    const { record } = live;
    const event = envelope({ id: context.uuid(), detailType: 'Scheduled Event', source: 'aws.events', account: options.place.account, time: record.nextFire!, region: options.place.region, resources: [record.arn], detail: {} });
    followRule(context, live, event, false, 0);
    keepRule(context, scheduled(record, now));
  }
}
