import { isJsonObject, type Json, type JsonObject, type TaskRequest } from '@interstate/kernel';

/** `request` and `response` of an HTTP Task at TRACE, of what the Task was given and what it gave. Nothing the connection adds is shown. */
export function httpExchange(request: TaskRequest | undefined, result: Json | undefined): JsonObject {
  if (request?.service !== 'http' || !isJsonObject(request.arguments)) return {};
  const { ApiEndpoint, Method, Headers, RequestBody } = request.arguments;
  return {
    request: {
      protocol: String(ApiEndpoint ?? '').split(':')[0]!,
      ...text('method', Method),
      ...text('url', ApiEndpoint),
      ...headers(Headers),
      ...text('body', RequestBody),
    },
    ...(isJsonObject(result) && {
      response: {
        protocol: String(ApiEndpoint ?? '').split(':')[0]!,
        ...text('statusCode', result['StatusCode']),
        ...text('statusMessage', result['StatusText']),
        ...headers(result['Headers']),
        ...text('body', result['ResponseBody']),
      },
    }),
  };
}

function text(member: string, value: Json | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  return { [member]: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** `[name: value, …]` */
function headers(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) return {};
  const lines = Object.entries(value).map(([name, values]) => `${name}: ${Array.isArray(values) ? values.join(',') : String(values)}`);
  return { headers: `[${lines.join(', ')}]` };
}
