/**
 * The words of a model's name, as the AWS SDK for Java splits them: `DynamoDB` → Dynamo, DB; `Secrets Manager` → Secrets, Manager;
 * `IoTSiteWise` → Io, T, Site, Wise. Step Functions takes its names from that SDK.
 */
function wordsOf(name: string): string[] {
  return name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([a-z])(?=[A-Z][A-Za-z0-9])/g, '$1 ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])(?=[A-Za-z])/g, '$1 ')
    .split(' ')
    .filter((word) => word !== '');
}

/** `DynamoDB` → `DynamoDb`, `SFN` → `Sfn`, `Secrets Manager` → `SecretsManager`: the prefix of error names. */
export function errorPrefix(serviceId: string): string {
  return strippedId(serviceId).map(capitalized).join('');
}

/** `DynamoDB` → `dynamodb`, `CloudWatch Logs` → `cloudwatchlogs`, `Config Service` → `config`: the name in `aws-sdk:<service>:…`. */
export function taskServiceName(serviceId: string): string {
  return strippedId(serviceId).join('').toLowerCase();
}

function strippedId(serviceId: string): string[] {
  const words = wordsOf(serviceId);
  const isPrefix = /^(?:amazon|aws)$/i.test(words[0] ?? '') && words.length > 1;
  const isSuffix = /^service$/i.test(words.at(-1) ?? '') && words.length > 1;
  return words.slice(isPrefix ? 1 : 0, isSuffix ? -1 : words.length);
}

/** `QueueDoesNotExist` → `QueueDoesNotExistException`, `DBInstanceNotFoundFault` → `DbInstanceNotFoundException`. */
export function exceptionName(code: string): string {
  const stem = code.endsWith('Fault') ? code.slice(0, -'Fault'.length) : code;
  const name = wordsOf(stem).map(capitalized).join('');
  return name.endsWith('Exception') ? name : `${name}Exception`;
}

/** A member's name in `aws-sdk:` parameters and results: `executionArn` → `ExecutionArn`, `DBName` → `DbName`, `ETag` → `ETag`, `KMSKeyId` → `KmsKeyId`. */
export function memberName(member: string): string {
  let end = 1;
  while (isUpper(member[end]) && !isLower(member[end + 1])) end++;
  return capitalized(member.slice(0, end)) + member.slice(end);
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

function isUpper(char: string | undefined): boolean {
  return char !== undefined && char >= 'A' && char <= 'Z';
}

function isLower(char: string | undefined): boolean {
  return char !== undefined && char >= 'a' && char <= 'z';
}
