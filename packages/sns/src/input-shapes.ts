import type { Shape, StructureShape } from '@interstate/service-kit';

type Members = StructureShape['members'];

const structure = (members: Members, name?: string): StructureShape => ({ type: 'structure', members, ...(name !== undefined && { name }) });
const required = <T extends Shape>(shape: T): T & { readonly required: true } => ({ ...shape, required: true });

const TEXT: Shape = { type: 'string' };
const FLAG: Shape = { type: 'boolean' };
const ATTRIBUTES: Shape = { type: 'map', value: TEXT };
const TEXTS: Shape = { type: 'list', member: TEXT };
const PHONE: Shape = { type: 'string', max: 20 };
const TAGS: Shape = { type: 'list', member: structure({ Key: required({ type: 'string', min: 1, max: 128 }), Value: required({ type: 'string', max: 256 }) }, 'Tag') };
const LANGUAGE: Shape = { type: 'string', enum: ['en-US', 'en-GB', 'es-419', 'es-ES', 'de-DE', 'fr-CA', 'fr-FR', 'it-IT', 'ja-JP', 'pt-BR', 'kr-KR', 'zh-CN', 'zh-TW'] };
// DataType is looked at by the attribute rules, which know how SNS words its absence.
const MESSAGE_ATTRIBUTES: Shape = { type: 'map', value: structure({ DataType: TEXT, StringValue: TEXT, BinaryValue: TEXT }) };
const MESSAGE: Members = {
  Message: required(TEXT),
  Subject: TEXT,
  MessageStructure: TEXT,
  MessageAttributes: MESSAGE_ATTRIBUTES,
  MessageDeduplicationId: TEXT,
  MessageGroupId: TEXT,
};
const TOPIC: Members = { TopicArn: required(TEXT) };
const SUBSCRIPTION: Members = { SubscriptionArn: required(TEXT) };
const APPLICATION: Members = { PlatformApplicationArn: required(TEXT) };
const ENDPOINT: Members = { EndpointArn: required(TEXT) };
const RESOURCE: Members = { ResourceArn: required({ type: 'string', min: 1, max: 1011 }) };
const PAGE: Members = { NextToken: TEXT };
const ATTRIBUTE: Members = { AttributeName: required(TEXT), AttributeValue: TEXT };

/** What each operation takes. @see https://docs.aws.amazon.com/sns/latest/api/API_Operations.html */
export const INPUT_SHAPES = {
  AddPermission: structure({ ...TOPIC, Label: required(TEXT), AWSAccountId: required(TEXTS), ActionName: required(TEXTS) }),
  CheckIfPhoneNumberIsOptedOut: structure({ phoneNumber: required(TEXT) }),
  ConfirmSubscription: structure({ ...TOPIC, Token: required(TEXT), AuthenticateOnUnsubscribe: TEXT }),
  CreatePlatformApplication: structure({ Name: required(TEXT), Platform: required(TEXT), Attributes: required(ATTRIBUTES) }),
  CreatePlatformEndpoint: structure({ ...APPLICATION, Token: required(TEXT), CustomUserData: TEXT, Attributes: ATTRIBUTES }),
  CreateSMSSandboxPhoneNumber: structure({ PhoneNumber: required(PHONE), LanguageCode: LANGUAGE }),
  CreateTopic: structure({ Name: required(TEXT), Attributes: ATTRIBUTES, Tags: TAGS, DataProtectionPolicy: TEXT }),
  DeleteEndpoint: structure(ENDPOINT),
  DeletePlatformApplication: structure(APPLICATION),
  DeleteSMSSandboxPhoneNumber: structure({ PhoneNumber: required(PHONE) }),
  DeleteTopic: structure(TOPIC),
  GetDataProtectionPolicy: structure(RESOURCE),
  GetEndpointAttributes: structure(ENDPOINT),
  GetPlatformApplicationAttributes: structure(APPLICATION),
  GetSMSAttributes: structure({ attributes: TEXTS }),
  GetSMSSandboxAccountStatus: structure({}),
  GetSubscriptionAttributes: structure(SUBSCRIPTION),
  GetTopicAttributes: structure(TOPIC),
  ListEndpointsByPlatformApplication: structure({ ...APPLICATION, ...PAGE }),
  ListOriginationNumbers: structure({ ...PAGE, MaxResults: { type: 'integer', min: 1, max: 30 } }),
  ListPhoneNumbersOptedOut: structure({ nextToken: TEXT }),
  ListPlatformApplications: structure(PAGE),
  ListSMSSandboxPhoneNumbers: structure({ ...PAGE, MaxResults: { type: 'integer', min: 1, max: 100 } }),
  ListSubscriptions: structure(PAGE),
  ListSubscriptionsByTopic: structure({ ...TOPIC, ...PAGE }),
  ListTagsForResource: structure(RESOURCE),
  ListTopics: structure(PAGE),
  OptInPhoneNumber: structure({ phoneNumber: required(TEXT) }),
  Publish: structure({ TopicArn: TEXT, TargetArn: TEXT, PhoneNumber: TEXT, ...MESSAGE }),
  PublishBatch: structure({ ...TOPIC, PublishBatchRequestEntries: required({ type: 'list', member: structure({ Id: required(TEXT), ...MESSAGE }, 'PublishBatchRequestEntry') }) }),
  PutDataProtectionPolicy: structure({ ...RESOURCE, DataProtectionPolicy: required(TEXT) }),
  RemovePermission: structure({ ...TOPIC, Label: required(TEXT) }),
  SetEndpointAttributes: structure({ ...ENDPOINT, Attributes: required(ATTRIBUTES) }),
  SetPlatformApplicationAttributes: structure({ ...APPLICATION, Attributes: required(ATTRIBUTES) }),
  SetSMSAttributes: structure({ attributes: required(ATTRIBUTES) }),
  SetSubscriptionAttributes: structure({ ...SUBSCRIPTION, ...ATTRIBUTE }),
  SetTopicAttributes: structure({ ...TOPIC, ...ATTRIBUTE }),
  Subscribe: structure({ ...TOPIC, Protocol: required(TEXT), Endpoint: TEXT, Attributes: ATTRIBUTES, ReturnSubscriptionArn: FLAG }),
  TagResource: structure({ ...RESOURCE, Tags: required(TAGS) }),
  Unsubscribe: structure(SUBSCRIPTION),
  UntagResource: structure({ ...RESOURCE, TagKeys: required(TEXTS) }),
  VerifySMSSandboxPhoneNumber: structure({ PhoneNumber: required(PHONE), OneTimePassword: required({ type: 'string', min: 5, max: 8 }) }),
} as const satisfies Readonly<Record<string, StructureShape>>;

export type OperationName = keyof typeof INPUT_SHAPES;
