// Writes src/test-state/response-schemas.gen.ts from AWS's published service models.
// node packages/states/scripts/generate-response-schemas.mjs <folder>: <folder>/<service>/<version>/service-2.json[.gz], as botocore carries them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder of the service models.');

/** Services as Task resources name them; every operation where no list is given; `as is` where members keep their spelling. */
const SERVICES = {
  'aws-sdk:lambda': ['lambda'],
  'aws-sdk:s3': ['s3'],
  'aws-sdk:kms': ['kms'],
  'aws-sdk:dynamodb': ['dynamodb'],
  'aws-sdk:sqs': ['sqs'],
  'aws-sdk:sns': ['sns'],
  'aws-sdk:sfn': ['stepfunctions'],
  'aws-sdk:eventbridge': ['events'],
  'aws-sdk:secretsmanager': ['secretsmanager'],
  'aws-sdk:sts': ['sts'],
  // `BOOL`, `NULL`, `SS` of attribute values.
  dynamodb: ['dynamodb', ['getItem', 'putItem', 'updateItem', 'deleteItem'], 'as is'],
  athena: ['athena', ['startQueryExecution', 'stopQueryExecution', 'getQueryExecution', 'getQueryResults']],
  batch: ['batch', ['submitJob']],
  codebuild: ['codebuild', ['startBuild', 'startBuildBatch', 'retryBuild', 'retryBuildBatch', 'deleteBuildBatch', 'stopBuild', 'stopBuildBatch', 'batchDeleteBuilds', 'batchGetReports']],
  databrew: ['databrew', ['startJobRun']],
  ecs: ['ecs', ['runTask']],
  'emr-containers': ['emr-containers', ['createVirtualCluster', 'deleteVirtualCluster', 'startJobRun']],
  'emr-serverless': ['emr-serverless', ['createApplication', 'startApplication', 'stopApplication', 'deleteApplication', 'startJobRun', 'cancelJobRun']],
  glue: ['glue', ['startJobRun']],
  mediaconvert: ['mediaconvert', ['createJob']],
  sagemaker: [
    'sagemaker',
    ['createTrainingJob', 'createTransformJob', 'createHyperParameterTuningJob', 'createLabelingJob', 'createProcessingJob', 'createModel', 'createEndpoint', 'createEndpointConfig', 'updateEndpoint'],
  ],
};

const MOST_BOUND = 2 ** 31 - 1;
const NUMBERS = new Set(['integer', 'long', 'float', 'double', 'bigdecimal']);

/** A member as Task results spell it: `executionArn` → `ExecutionArn`, `KMSKeyId` → `KmsKeyId`. */
function memberName(member) {
  let end = 1;
  while (/[A-Z]/.test(member[end] ?? '') && !/[a-z]/.test(member[end + 1] ?? '')) end++;
  return member[0].toUpperCase() + member.slice(1, end).toLowerCase() + member.slice(end);
}

function readModel(service) {
  const versions = readdirSync(join(folder, service)).sort();
  const file = join(folder, service, versions.at(-1), 'service-2.json');
  return JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : gunzipSync(readFileSync(`${file}.gz`)).toString('utf8'));
}

/**
 * `operations`: action → shape; `shapes`: what is no plain type, by name: `m` members and `r` required ones of a structure, `l` what
 * a list is of, `v` the values of a map, `t` a plain type with bounds. Bounds nobody can reach are left out.
 */
function responseShapes(service, actions, spelling) {
  const spelled = spelling === 'as is' ? (member) => member : memberName;
  const { shapes: model, operations } = readModel(service);
  const shapes = {};
  const refer = (name) => {
    const shape = model[name];
    if (shape.document) return 'document';
    if (shape.type === 'boolean' || shape.type === 'timestamp') return shape.type;
    if (shape.type === 'string' || shape.type === 'blob' || NUMBERS.has(shape.type)) {
      const type = NUMBERS.has(shape.type) ? 'number' : shape.type;
      const min = type !== 'number' && shape.min === 0 ? undefined : bound(shape.min);
      const row = { t: type, min, max: bound(shape.max), enum: shape.enum };
      if (row.min === undefined && row.max === undefined && row.enum === undefined) return type;
      shapes[name] = row;
    } else if (shapes[name] === undefined) {
      shapes[name] = {};
      if (shape.type === 'list') Object.assign(shapes[name], { l: refer(shape.member.shape) });
      else if (shape.type === 'map') Object.assign(shapes[name], { v: refer(shape.value.shape) });
      else {
        const members = Object.fromEntries(Object.entries(shape.members ?? {}).map(([member, to]) => [spelled(member), refer(to.shape)]));
        Object.assign(shapes[name], { m: members, r: shape.required?.map(spelled) });
      }
    }
    return name;
  };
  const wanted = Object.entries(operations).map(([name, { output }]) => [name[0].toLowerCase() + name.slice(1), output?.shape]);
  const outputs = Object.fromEntries(wanted.filter(([action, shape]) => shape !== undefined && (actions?.includes(action) ?? true)).map(([action, shape]) => [action, refer(shape)]));
  return { operations: outputs, shapes };
}

function quoted(text) {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function bound(value) {
  return value === undefined || Math.abs(value) >= MOST_BOUND ? undefined : value;
}

const rows = Object.entries(SERVICES).map(([name, [service, actions, spelling]]) => `  '${name}': ${quoted(JSON.stringify(responseShapes(service, actions, spelling)))},`);
const text = `// Generated by packages/states/scripts/generate-response-schemas.mjs; do not edit.
/** Response shapes by service, each as JSON text that is read when first asked for. */
export const RESPONSE_SHAPES: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`;
writeFileSync(new URL('../src/test-state/response-schemas.gen.ts', import.meta.url), text);
