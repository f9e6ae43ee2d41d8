import { parseArn, type Json, type JsonObject } from '@interstate/kernel';
import { elementsOf, type Home } from './arns.ts';
import { invalid, missing, snsFault } from './errors.ts';

const SUBSCRIPTION = /^(?:GetSubscriptionAttributes|SetSubscriptionAttributes|Unsubscribe)$/;
const RESOURCE = /^(?:TagResource|UntagResource|ListTagsForResource|GetDataProtectionPolicy|PutDataProtectionPolicy)$/;

/** What is answered where the topic a request is about is not there. @throws ServiceFault mostly */
export function missingResource({ region }: Home, action: string, input: JsonObject): Json {
  if (SUBSCRIPTION.test(action)) {
    const arn = input['SubscriptionArn'] as string;
    checkArn('SubscriptionArn', arn);
    if (elementsOf(arn) === 6) throw invalid('SubscriptionId');
    if (action === 'Unsubscribe') return {};
    throw missing('Subscription');
  }
  if (RESOURCE.test(action)) throw action.endsWith('DataProtectionPolicy') ? missing('Topic') : snsFault('ResourceNotFoundException');
  if (action === 'ConfirmSubscription') {
    if (parseArn(input['TopicArn'] as string)?.region !== region) throw invalid('Topic');
    throw invalid('Token');
  }
  const name = input['TopicArn'] === undefined && input['TargetArn'] !== undefined ? 'TargetArn' : 'TopicArn';
  const arn = input[name] as string;
  checkArn(name, arn);
  if (parseArn(arn)?.region !== region) throw invalid(name);
  if (action === 'DeleteTopic') return {};
  throw missing('Topic');
}

function checkArn(name: string, arn: string): void {
  if (parseArn(arn) === undefined) throw invalid(`${name} Reason: An ARN must have at least 6 elements, not ${elementsOf(arn)}`);
}
