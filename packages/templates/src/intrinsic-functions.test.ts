import { describe, expect, it } from 'vitest';
import { readDefinition, type TemplateOptions } from './index.ts';

const TEMPLATE = `
Parameters:
  Stage: { Type: String, Default: dev }
  Zones: { Type: CommaDelimitedList, Default: 'a, b' }
  Unknown: { Type: String }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /path }
Mappings:
  Sizes: { dev: { small: 1, list: [x, y] } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Equals [!Ref Unknown, x]]
  Neither: !And [!Condition IsProd, !Equals [!Ref Unknown, x]]
  Either: !Or [!Equals [!Ref Unknown, x], !Condition IsDev]
  Circle: !Not [!Condition Circle]
Resources:
  Fn: { Type: 'AWS::Lambda::Function' }
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: !GetAtt Fn.Arn, Name: live } }
  Named: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: !Join ['-', [a, !Ref Stage]] } }
  NamedAfterUnknown: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: !Ref Unknown } }
  NamedAfterItself: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !GetAtt NamedAfterItself.QueueName } }
  Queue: { Type: 'AWS::SQS::Queue' }
  Topic: { Type: 'AWS::SNS::Topic' }
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: orders } }
  Bucket: { Type: 'AWS::S3::Bucket' }
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: shop } }
  Role: { Type: 'AWS::IAM::Role' }
  Other: { Type: 'AWS::StepFunctions::StateMachine' }
  Odd: { Type: 'AWS::Rekognition::Collection' }
  Nested: { Type: 'AWS::CloudFormation::Stack' }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: A
        States: { A: { Type: Pass, Result: `;

function resolve(expression: string, options: TemplateOptions = {}): unknown {
  const { definition } = readDefinition(`${TEMPLATE}[${expression}] } }`, { logicalId: 'Machine', ...options });
  return (definition as { States: { A: { Result: unknown[] } } }).States.A.Result[0];
}

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function';

describe('intrinsic functions', () => {
  it.each<[string, unknown]>([
    ['!Ref Stage', 'dev'],
    ['!Ref Zones', ['a', 'b']],
    ['!Ref Unknown', '${Unknown}'],
    ['!Ref Stored', '${Stored}'],
    ['!Ref Nothing', '${Nothing}'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!Ref AWS::AccountId', '123456789012'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::StackName', 'stack'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!Ref AWS::NotificationARNs', []],
    ['!Ref Fn', 'Fn'],
    ['!GetAtt Fn.Arn', `${LAMBDA}:Fn`],
    ['!GetAtt [Fn, Arn]', `${LAMBDA}:Fn`],
    ['{ "Fn::GetAtt": Fn.Arn }', `${LAMBDA}:Fn`],
    ['!Ref Live', `${LAMBDA}:Fn:live`],
    ['!GetAtt Named.Arn', `${LAMBDA}:a-dev`],
    ['!GetAtt NamedAfterUnknown.Arn', `${LAMBDA}:NamedAfterUnknown`],
    ['!Ref NamedAfterItself', 'https://sqs.us-east-1.amazonaws.com/123456789012/NamedAfterItself'],
    ['!Ref Queue', 'https://sqs.us-east-1.amazonaws.com/123456789012/Queue'],
    ['!GetAtt Queue.Arn', 'arn:aws:sqs:us-east-1:123456789012:Queue'],
    ['!Ref Topic', 'arn:aws:sns:us-east-1:123456789012:Topic'],
    ['!Ref Table', 'orders'],
    ['!GetAtt Table.Arn', 'arn:aws:dynamodb:us-east-1:123456789012:table/orders'],
    ['!Ref Bucket', 'bucket'],
    ['!GetAtt Bucket.Arn', 'arn:aws:s3:::bucket'],
    ['!Ref Bus', 'shop'],
    ['!GetAtt Bus.Arn', 'arn:aws:events:us-east-1:123456789012:event-bus/shop'],
    ['!GetAtt Role.Arn', 'arn:aws:iam::123456789012:role/Role'],
    ['!Ref Other', 'arn:aws:states:us-east-1:123456789012:stateMachine:Other'],
    ['!Ref Odd', 'Odd'],
    ['!GetAtt Odd.Arn', 'arn:aws:rekognition:us-east-1:123456789012:collection/Odd'],
    ['!GetAtt Odd.Face.Count', 'Odd-Face-Count'],
    ['!GetAtt Nested.Outputs.Url', '${Nested.Outputs.Url}'],
    ['!GetAtt Nothing.Arn', '${Nothing.Arn}'],
    ['!Sub "${Stage}/${AWS::Region}/${Fn.Arn}/${!Stage}/${Gone}"', `dev/us-east-1/${LAMBDA}:Fn/\${Stage}/\${Gone}`],
    ['!Sub ["${a}-${Stage}-${b}", { a: !Ref Zones, b: 3 }]', 'a,b-dev-3'],
    ['!Join ["-", [a, !Ref Stage, 2, true]]', 'a-dev-2-true'],
    ['!Join ["-", !Ref Zones]', 'a-b'],
    ['!Join ["-", [[a]]]', '${Fn::Join}'],
    ['!Select [1, !Ref Zones]', 'b'],
    ['!Select ["1", [a, b]]', 'b'],
    ['!Select [9, [a, b]]', '${Fn::Select:9}'],
    ['!Select [6, !Split [":", !GetAtt Fn.Arn]]', 'Fn'],
    ['!Select [6, !Split [":", !ImportValue shared-fn]]', '${Fn::ImportValue:shared-fn}'],
    ['!Split [",", "a,b"]', ['a', 'b']],
    ['!FindInMap [Sizes, !Ref Stage, small]', 1],
    ['!FindInMap [Sizes, prod, small]', '${Fn::FindInMap:Sizes}'],
    ['!FindInMap [Sizes, prod, small, { DefaultValue: 7 }]', 7],
    ['!FindInMap [Sizes, constructor, name]', '${Fn::FindInMap:Sizes}'],
    ['!If [IsDev, yes, no]', 'yes'],
    ['!If [IsProd, yes, no]', 'no'],
    ['!If [Both, yes, no]', '${Fn::If:Both}'],
    ['!If [Neither, yes, no]', 'no'],
    ['!If [Either, yes, no]', 'yes'],
    ['!If [Circle, yes, no]', '${Fn::If:Circle}'],
    ['{ a: !If [IsProd, 1, !Ref AWS::NoValue], b: [!Ref AWS::NoValue, 2] }', { b: [2] }],
    ['!ImportValue shared-fn', '${Fn::ImportValue:shared-fn}'],
    ['!ImportValue { "Fn::Sub": "${AWS::StackName}-fn" }', '${Fn::ImportValue:stack-fn}'],
    ['!Length [1, 2]', 2],
    ['!ToJsonString { a: !Ref Stage }', '{"a":"dev"}'],
    ['{ Ref: [1] }', { Ref: [1] }],
    ['{ Ref: Fn, Other: 1 }', { Ref: 'Fn', Other: 1 }],
    ['{ Condition: IsDev }', { Condition: 'IsDev' }],
    ['!Ref __proto__', '${__proto__}'],
    ['!GetAtt constructor.Arn', '${constructor.Arn}'],
  ])('%s', (expression, expected) => {
    expect(resolve(expression)).toStrictEqual(expected);
  });

  it.each<[string, TemplateOptions, unknown]>([
    ['!Ref Unknown', { parameters: { Unknown: 4 } }, 4],
    ['!If [Both, yes, no]', { parameters: { Unknown: 'x' } }, 'yes'],
    ['!ImportValue shared-fn', { substitutions: { 'Fn::ImportValue:shared-fn': 'mine' } }, 'mine'],
    ['!GetAtt Fn.Arn', { substitutions: { 'Fn.Arn': 'mine' } }, 'mine'],
    ['!Ref Fn', { substitutions: { Fn: 'mine' } }, 'mine'],
    ['!Ref AWS::URLSuffix', { partition: 'aws-cn', region: 'cn-north-1' }, 'amazonaws.com.cn'],
    ['!Ref Queue', { partition: 'aws-cn', region: 'cn-north-1' }, 'https://sqs.cn-north-1.amazonaws.com.cn/123456789012/Queue'],
  ])('%s with %j', (expression, options, expected) => {
    expect(resolve(expression, options)).toStrictEqual(expected);
  });
});
