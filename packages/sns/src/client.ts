import type { ResponseMetadata } from '@interstate/service-kit';

interface Tag {
  Key: string;
  Value: string;
}
interface Attributes {
  Attributes: Record<string, string>;
}
interface Shown {
  Attributes?: Record<string, string>;
}
interface Page {
  NextToken?: string;
}
interface TopicArn {
  TopicArn: string;
}
interface SubscriptionArn {
  SubscriptionArn: string;
}
interface ResourceArn {
  ResourceArn: string;
}
interface ApplicationArn {
  PlatformApplicationArn: string;
}
interface EndpointArn {
  EndpointArn: string;
}
interface PhoneNumber {
  PhoneNumber: string;
}
interface Content {
  Message: string;
  Subject?: string;
  MessageStructure?: string;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: Uint8Array }>;
  MessageDeduplicationId?: string;
  MessageGroupId?: string;
}
interface Published {
  MessageId?: string;
  SequenceNumber?: string;
}
interface Setting {
  AttributeName: string;
  AttributeValue?: string;
}
interface ListedSubscription extends Partial<TopicArn>, Partial<SubscriptionArn> {
  Owner?: string;
  Protocol?: string;
  Endpoint?: string;
}
interface OriginationNumber extends Partial<PhoneNumber> {
  CreatedAt?: Date;
  Status?: string;
  Iso2CountryCode?: string;
  RouteType?: 'Premium' | 'Promotional' | 'Transactional';
  NumberCapabilities?: ('MMS' | 'SMS' | 'VOICE')[];
}
type LanguageCode = 'de-DE' | 'en-GB' | 'en-US' | 'es-419' | 'es-ES' | 'fr-CA' | 'fr-FR' | 'it-IT' | 'ja-JP' | 'ko-KR' | 'kr-KR' | 'pt-BR' | 'zh-CN' | 'zh-TW';
type Nothing = Record<never, never>;

/** Operation → what it takes, what it gives. */
interface SnsOperations {
  addPermission: [TopicArn & { Label: string; AWSAccountId: string[]; ActionName: string[] }, Nothing];
  checkIfPhoneNumberIsOptedOut: [{ phoneNumber: string }, { isOptedOut?: boolean }];
  confirmSubscription: [TopicArn & { Token: string; AuthenticateOnUnsubscribe?: string }, Partial<SubscriptionArn>];
  createPlatformApplication: [Attributes & { Name: string; Platform: string }, Partial<ApplicationArn>];
  createPlatformEndpoint: [ApplicationArn & Shown & { Token: string; CustomUserData?: string }, Partial<EndpointArn>];
  createSMSSandboxPhoneNumber: [PhoneNumber & { LanguageCode?: LanguageCode }, Nothing];
  createTopic: [Shown & { Name: string; Tags?: Tag[]; DataProtectionPolicy?: string }, Partial<TopicArn>];
  deleteEndpoint: [EndpointArn, Nothing];
  deletePlatformApplication: [ApplicationArn, Nothing];
  deleteSMSSandboxPhoneNumber: [PhoneNumber, Nothing];
  deleteTopic: [TopicArn, Nothing];
  getDataProtectionPolicy: [ResourceArn, { DataProtectionPolicy?: string }];
  getEndpointAttributes: [EndpointArn, Shown];
  getPlatformApplicationAttributes: [ApplicationArn, Shown];
  getSMSAttributes: [{ attributes?: string[] }, { attributes?: Record<string, string> }];
  getSMSSandboxAccountStatus: [Nothing, { IsInSandbox: boolean }];
  getSubscriptionAttributes: [SubscriptionArn, Shown];
  getTopicAttributes: [TopicArn, Shown];
  listEndpointsByPlatformApplication: [ApplicationArn & Page, Page & { Endpoints?: (Partial<EndpointArn> & Shown)[] }];
  listOriginationNumbers: [Page & { MaxResults?: number }, Page & { PhoneNumbers?: OriginationNumber[] }];
  listPhoneNumbersOptedOut: [{ nextToken?: string }, { phoneNumbers?: string[]; nextToken?: string }];
  listPlatformApplications: [Page, Page & { PlatformApplications?: (Partial<ApplicationArn> & Shown)[] }];
  listSMSSandboxPhoneNumbers: [Page & { MaxResults?: number }, Page & { PhoneNumbers: (Partial<PhoneNumber> & { Status?: 'Pending' | 'Verified' })[] }];
  listSubscriptions: [Page, Page & { Subscriptions?: ListedSubscription[] }];
  listSubscriptionsByTopic: [TopicArn & Page, Page & { Subscriptions?: ListedSubscription[] }];
  listTagsForResource: [ResourceArn, { Tags?: Tag[] }];
  listTopics: [Page, Page & { Topics?: Partial<TopicArn>[] }];
  optInPhoneNumber: [{ phoneNumber: string }, Nothing];
  publish: [Content & Partial<TopicArn> & Partial<PhoneNumber> & { TargetArn?: string }, Published];
  publishBatch: [
    TopicArn & { PublishBatchRequestEntries: (Content & { Id: string })[] },
    { Successful?: (Published & { Id?: string })[]; Failed?: { Id: string; Code: string; Message?: string; SenderFault: boolean }[] },
  ];
  putDataProtectionPolicy: [ResourceArn & { DataProtectionPolicy: string }, Nothing];
  removePermission: [TopicArn & { Label: string }, Nothing];
  setEndpointAttributes: [EndpointArn & Attributes, Nothing];
  setPlatformApplicationAttributes: [ApplicationArn & Attributes, Nothing];
  setSMSAttributes: [{ attributes: Record<string, string> }, Nothing];
  setSubscriptionAttributes: [SubscriptionArn & Setting, Nothing];
  setTopicAttributes: [TopicArn & Setting, Nothing];
  subscribe: [TopicArn & Shown & { Protocol: string; Endpoint?: string; ReturnSubscriptionArn?: boolean }, Partial<SubscriptionArn>];
  tagResource: [ResourceArn & { Tags: Tag[] }, Nothing];
  unsubscribe: [SubscriptionArn, Nothing];
  untagResource: [ResourceArn & { TagKeys: string[] }, Nothing];
  verifySMSSandboxPhoneNumber: [PhoneNumber & { OneTimePassword: string }, Nothing];
}

/** An input as the SDK's types allow it: any member may be undefined, which is as if it were not there. */
type Given<T> = T extends Uint8Array ? T : T extends readonly (infer Item)[] ? readonly Given<Item>[] : T extends object ? { readonly [K in keyof T]: Given<T[K]> | undefined } : T;

/**
 * The SNS client of a cloud, in the shape of the AWS SDK v3 aggregated client `SNS`: `Uint8Array` for bytes, `$metadata` on
 * results. Errors have the SDK's `name`, and `$fault`, `$metadata` and `message` as the SDK's have.
 */
export type Sns = {
  readonly [K in keyof SnsOperations]: Nothing extends SnsOperations[K][0]
    ? (input?: Given<SnsOperations[K][0]>) => Promise<SnsOperations[K][1] & { readonly $metadata: ResponseMetadata }>
    : (input: Given<SnsOperations[K][0]>) => Promise<SnsOperations[K][1] & { readonly $metadata: ResponseMetadata }>;
};
