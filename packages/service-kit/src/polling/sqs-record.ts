import { isJsonObject, parseArn, setJsonKey, type Json, type JsonObject } from '@interstate/kernel';

/** A queue as pollers see it. */
export interface PolledQueue {
  readonly arn: string;
  readonly url: string;
  readonly region: string;
  readonly fifo: boolean;
}

/** Undefined where the ARN is none of a queue. */
export function polledQueue(arn: string): PolledQueue | undefined {
  const { service, region = '', account = '', resource = '' } = parseArn(arn) ?? {};
  if (service !== 'sqs' || !/^[\w-]{1,80}(?:\.fifo)?$/.test(resource)) return undefined;
  return { arn, url: `https://sqs.${region}.amazonaws.com/${account}/${resource}`, region, fifo: resource.endsWith('.fifo') };
}

/**
 * A message as `ReceiveMessage` gives it, as functions and pipes get it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsRecord(message: JsonObject, { arn, region }: PolledQueue): JsonObject {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {}, MD5OfBody = '', MD5OfMessageAttributes } = message;
  const messageAttributes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(MessageAttributes as JsonObject)) if (isJsonObject(value)) setJsonKey(messageAttributes, name, attribute(value));
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes,
    md5OfBody: MD5OfBody,
    ...(MD5OfMessageAttributes !== undefined && { md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}

function attribute({ StringValue, BinaryValue, DataType = 'String' }: JsonObject): JsonObject {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
