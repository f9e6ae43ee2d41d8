import { parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { ServiceFault } from '@interstate/service-kit';
import { invalid } from '../../errors.ts';
import { compileEventPath } from '../../input-transformer/event-path.ts';
import { compileTargetInput } from '../../input-transformer/target-input.ts';
import type { Target } from '../../targets/target.ts';
import type { BusContext } from '../bus-context.ts';
import { checkDeadLetterQueue } from '../dead-letter-queue.ts';
import { keepTargets, refuseManaged, ruleNamed, targetsOf } from '../rules.ts';

/** Adds targets to a rule; one with a known id takes that one's place. Either all are taken or none. */
export function putTargets(context: BusContext, input: JsonObject): Json {
  const rule = ruleNamed(context, input['Rule'] as string);
  refuseManaged(rule);
  const given = input['Targets'] as unknown as readonly Target[];
  for (const target of given) checkTarget(target);
  const targets = new Map(targetsOf(context, rule.name).map((target) => [target.Id, target]));
  for (const target of given) targets.set(target.Id, target);
  if (targets.size > context.options.limits.targetsPerRule) throw new ServiceFault('LimitExceededException');
  keepTargets(context, rule, [...targets.values()]);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

/** @throws ServiceFault */
function checkTarget(target: Target): void {
  const { Id: id, Arn, SqsParameters, DeadLetterConfig, KinesisParameters } = target;
  if (!parseArn(Arn)) throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  const input = compileTargetInput(target, id);
  if (typeof input === 'string') throw invalid(input);
  if (Arn.endsWith('.fifo') && parseArn(Arn)?.service === 'sqs' && !SqsParameters) throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  if (KinesisParameters && !compileEventPath(KinesisParameters.PartitionKeyPath)) throw invalid(`Invalid PartitionKeyPath for target ${id}.`);
  checkDeadLetterQueue(DeadLetterConfig?.Arn);
}
