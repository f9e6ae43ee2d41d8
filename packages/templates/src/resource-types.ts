/**
 * What `Ref` and `Fn::GetAtt` give for a resource type (CloudFormation template reference, "Return values"), as texts with
 * `<name>`, `<id>` (the logical id), `<lower>` (the name in lower case), `<region>`, `<account>`, `<partition>`, `<suffix>`, or a
 * property of the resource such as `<FunctionName>`.
 */
export interface ResourceType {
  /** The property that names the resource; without it, or where it has no value, the logical id is the name. */
  readonly nameProperty?: string;
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const HERE = '<region>:<account>';

function arn(service: string, resource: string, place: string = HERE): string {
  return `arn:<partition>:${service}:${place}:${resource}`;
}

/** `Ref` is the name, `Arn` the ARN: the common shape. */
function named(nameProperty: string, arnText: string, attributes: Readonly<Record<string, string>> = {}): ResourceType {
  return { nameProperty, ref: '<name>', attributes: { Arn: arnText, Name: '<name>', ...attributes } };
}

/** `Ref` is the ARN. */
function byArn(nameProperty: string, arnText: string, attributes: Readonly<Record<string, string>> = {}): ResourceType {
  return { nameProperty, ref: arnText, attributes: { Arn: arnText, Name: '<name>', ...attributes } };
}

const lambdaFunction = named('FunctionName', arn('lambda', 'function:<name>'), {
  Alias: arn('lambda', 'function:<name>:<AutoPublishAlias>'),
  Version: arn('lambda', 'function:<name>:1'),
  FunctionUrl: 'https://<lower>.lambda-url.<region>.on.<suffix>/',
});
const table = named('TableName', arn('dynamodb', 'table/<name>'), { StreamArn: arn('dynamodb', 'table/<name>/stream/2020-01-01T00:00:00.000') });
const queueUrl = 'https://sqs.<region>.<suffix>/<account>/<name>';
const secret = arn('secretsmanager', 'secret:<name>-AbCdEf');

export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ['AWS::Lambda::Function', lambdaFunction],
  ['AWS::Serverless::Function', lambdaFunction],
  ['AWS::Lambda::Version', { ref: arn('lambda', 'function:<FunctionName>:1'), attributes: { Version: '1', FunctionArn: arn('lambda', 'function:<FunctionName>:1') } }],
  ['AWS::Lambda::Alias', { ref: arn('lambda', 'function:<FunctionName>:<Name>'), attributes: { AliasArn: arn('lambda', 'function:<FunctionName>:<Name>') } }],
  ['AWS::SQS::Queue', {
    nameProperty: 'QueueName', ref: queueUrl, attributes: { Arn: arn('sqs', '<name>'), QueueName: '<name>', QueueUrl: queueUrl },
  }],
  ['AWS::SNS::Topic', byArn('TopicName', arn('sns', '<name>'), { TopicArn: arn('sns', '<name>'), TopicName: '<name>' })],
  ['AWS::DynamoDB::Table', table],
  ['AWS::DynamoDB::GlobalTable', table],
  ['AWS::Serverless::SimpleTable', table],
  ['AWS::StepFunctions::StateMachine', byArn('StateMachineName', arn('states', 'stateMachine:<name>'))],
  ['AWS::Serverless::StateMachine', byArn('Name', arn('states', 'stateMachine:<name>'))],
  ['AWS::StepFunctions::StateMachineVersion', { ref: '<StateMachineArn>:1', attributes: { Arn: '<StateMachineArn>:1' } }],
  ['AWS::StepFunctions::StateMachineAlias', { ref: arn('states', 'stateMachine:<id>'), attributes: { Arn: arn('states', 'stateMachine:<id>') } }],
  ['AWS::StepFunctions::Activity', byArn('Name', arn('states', 'activity:<name>'))],
  ['AWS::S3::Bucket', {
    nameProperty: 'BucketName',
    ref: '<lower>',
    attributes: {
      Arn: arn('s3', '<lower>', ':'), DomainName: '<lower>.s3.<suffix>', RegionalDomainName: '<lower>.s3.<region>.<suffix>',
    },
  }],
  ['AWS::Events::EventBus', named('Name', arn('events', 'event-bus/<name>'))],
  ['AWS::Events::Rule', named('Name', arn('events', 'rule/<name>'))],
  ['AWS::Events::Connection', named('Name', arn('events', 'connection/<name>/00000000-0000-0000-0000-000000000000'))],
  ['AWS::Events::ApiDestination', named('Name', arn('events', 'api-destination/<name>/00000000-0000-0000-0000-000000000000'))],
  ['AWS::Scheduler::ScheduleGroup', named('Name', arn('scheduler', 'schedule-group/<name>'))],
  ['AWS::IAM::Role', named('RoleName', arn('iam', 'role/<name>', ':<account>'), { RoleId: 'AROA<id>' })],
  ['AWS::Kinesis::Stream', named('Name', arn('kinesis', 'stream/<name>'))],
  ['AWS::KinesisFirehose::DeliveryStream', named('DeliveryStreamName', arn('firehose', 'deliverystream/<name>'))],
  ['AWS::Logs::LogGroup', named('LogGroupName', arn('logs', 'log-group:<name>:*'))],
  ['AWS::KMS::Key', { ref: '<id>', attributes: { Arn: arn('kms', 'key/<id>'), KeyId: '<id>' } }],
  ['AWS::SecretsManager::Secret', { nameProperty: 'Name', ref: secret, attributes: { Id: secret } }],
  ['AWS::SSM::Parameter', { nameProperty: 'Name', ref: '<name>', attributes: { Type: '<Type>', Value: '<Value>' } }],
  ['AWS::ECS::Cluster', named('ClusterName', arn('ecs', 'cluster/<name>'))],
  ['AWS::ECS::Service', { ref: arn('ecs', 'service/<name>'), nameProperty: 'ServiceName', attributes: { Name: '<name>', ServiceArn: arn('ecs', 'service/<name>') } }],
  ['AWS::ECS::TaskDefinition', {
    nameProperty: 'Family', ref: arn('ecs', 'task-definition/<name>:1'), attributes: { TaskDefinitionArn: arn('ecs', 'task-definition/<name>:1') },
  }],
  ['AWS::Batch::JobQueue', { nameProperty: 'JobQueueName', ref: arn('batch', 'job-queue/<name>'), attributes: { JobQueueArn: arn('batch', 'job-queue/<name>') } }],
  ['AWS::Batch::JobDefinition', {
    nameProperty: 'JobDefinitionName', ref: arn('batch', 'job-definition/<name>:1'), attributes: { JobDefinitionArn: arn('batch', 'job-definition/<name>:1') },
  }],
  ['AWS::CodeBuild::Project', named('Name', arn('codebuild', 'project/<name>'))],
  ['AWS::Glue::Job', named('Name', arn('glue', 'job/<name>'))],
  ['AWS::ApiGateway::RestApi', { ref: '<lower>', attributes: { RestApiId: '<lower>', RootResourceId: 'root' } }],
  ['AWS::Serverless::Api', { ref: '<lower>', attributes: { RootResourceId: 'root' } }],
  ['AWS::ApiGatewayV2::Api', { ref: '<lower>', attributes: { ApiId: '<lower>', ApiEndpoint: 'https://<lower>.execute-api.<region>.<suffix>' } }],
  ['AWS::Serverless::HttpApi', { ref: '<lower>' }],
]);
