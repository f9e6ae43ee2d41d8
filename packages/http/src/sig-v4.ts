import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { SignRequest } from './api-gateway-task.ts';

/** Keys of an AWS identity, as credential providers of the AWS SDK give them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SigV4Options {
  /** Keys, or who gives them: `fromNodeProviderChain()` of `@aws-sdk/credential-providers`, say. */
  readonly credentials: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Where the host's name does not tell it, as that of a local stand-in. Default: `us-east-1`. */
  readonly region?: string;
  /** When a request is signed. Default: now. */
  readonly now?: () => Date;
}

/**
 * Signs requests to API Gateway (`execute-api`) with AWS Signature Version 4, for `sign` of `http()`. Needs the package
 * `@smithy/signature-v4`, which comes with every client of the AWS SDK.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sigV4({ credentials, region = 'us-east-1', now = () => new Date() }: SigV4Options): SignRequest {
  return async ({ method, url, headers, body }) => {
    const { SignatureV4 } = await import('@smithy/signature-v4');
    const signer = new SignatureV4({ service: 'execute-api', region: regionOf(url.hostname) ?? region, credentials, sha256: Sha256 });
    const query: Record<string, string[]> = {};
    for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
    const request = { method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query, headers: { ...headers, host: url.host }, ...(body !== undefined && { body }) };
    const { headers: signed } = await signer.sign(request, { signingDate: now() });
    return Object.fromEntries(Object.entries(signed).filter(([name]) => ADDED.has(name.toLowerCase())));
  };
}

/** Headers of a signature. */
const ADDED: ReadonlySet<string> = new Set(['authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token']);

function regionOf(host: string): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1];
}

/** SHA-256 and its keyed form, as the signer asks for it. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(typeof data === 'string' ? data : bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {}
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}
