import type { Json, JsonObject } from '@interstate/kernel';
import { keepRecord, type DirectoryContext } from '../directory-state.ts';
import { invalid, snsFault } from '../errors.ts';
import type { Attributes } from '../topic-attributes.ts';
import { page } from './lists.ts';
import { DAY_MS } from '../limits.ts';

const NAMES = new Set(['MonthlySpendLimit', 'DeliveryStatusIAMRole', 'DeliveryStatusSuccessSamplingRate', 'DefaultSenderID', 'DefaultSMSType', 'UsageReportS3Bucket']);

export function smsAttributes({ state }: DirectoryContext): Attributes {
  return (state.records.get('sms') ?? {}) as Attributes;
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html */
export function setSmsAttributes(context: DirectoryContext, input: JsonObject): Json {
  const given = input['attributes'] as Attributes;
  for (const [name, value] of Object.entries(given)) {
    if (!NAMES.has(name)) throw invalid(`${name} is not a valid attribute`);
    const fault = value === '' ? undefined : smsFault(name, value);
    if (fault !== undefined) throw invalid(fault);
  }
  const all = Object.entries({ ...smsAttributes(context), ...given }).filter(([, value]) => value !== '');
  context.state.records.set('sms', Object.fromEntries(all));
  return {};
}

function smsFault(name: string, value: string): string | undefined {
  switch (name) {
    case 'DefaultSMSType':
      return value === 'Promotional' || value === 'Transactional' ? undefined : 'DefaultSMSType is invalid. Must be Promotional or Transactional';
    case 'DefaultSenderID':
      return isSenderId(value) ? undefined : 'DefaultSenderID is invalid. Must be 1 to 11 letters and digits with at least one letter';
    case 'MonthlySpendLimit':
      return /^\d{1,9}$/.test(value) ? undefined : 'MonthlySpendLimit is invalid. Must be a whole number of US dollars';
    case 'DeliveryStatusSuccessSamplingRate':
      return /^(?:\d{1,2}|100)$/.test(value) ? undefined : 'DeliveryStatusSuccessSamplingRate is invalid. Must be between 0 and 100';
    default:
      return undefined;
  }
}

export function isSenderId(value: string): boolean {
  return /^[A-Za-z0-9]{1,11}$/.test(value) && /[A-Za-z]/.test(value);
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html */
export function getSmsAttributes(context: DirectoryContext, input: JsonObject): Json {
  const all = Object.entries(smsAttributes(context));
  const wanted = input['attributes'] as readonly string[] | undefined;
  return { attributes: Object.fromEntries(wanted === undefined || wanted.length === 0 ? all : all.filter(([name]) => wanted.includes(name))) };
}

/** E.164, a plus sign in front or not; undefined where the text is no phone number. */
export function phoneNumber(text: string): string | undefined {
  const digits = text.length <= 32 ? /^\+?([1-9][\d() .-]*)$/.exec(text)?.[1]?.replaceAll(/[() .-]/g, '') : undefined;
  return digits !== undefined && /^[1-9]\d{1,14}$/.test(digits) ? `+${digits}` : undefined;
}

function readPhone(text: string): string {
  const phone = phoneNumber(text);
  if (phone === undefined) throw invalid(`PhoneNumber Reason: ${text} is not a valid phone number`);
  return phone;
}

export function isOptedOut({ state }: DirectoryContext, phone: string): boolean {
  return state.records.has(`out:${phone}`);
}

export function checkIfPhoneNumberIsOptedOut(context: DirectoryContext, input: JsonObject): Json {
  return { isOptedOut: isOptedOut(context, readPhone(input['phoneNumber'] as string)) };
}

export function listPhoneNumbersOptedOut(context: DirectoryContext, input: JsonObject): Json {
  return page(context, context.state.optedOut.all, (phone) => phone, { member: 'phoneNumbers', scope: 'ListPhoneNumbersOptedOut', token: input['nextToken'], tokenMember: 'nextToken' });
}

/** Once in thirty days. @see https://docs.aws.amazon.com/sns/latest/api/API_OptInPhoneNumber.html */
export function optInPhoneNumber(context: DirectoryContext, input: JsonObject): Json {
  const { state, now, options } = context;
  const phone = readPhone(input['phoneNumber'] as string);
  if (!isOptedOut(context, phone)) return {};
  const last = state.records.get(`in:${phone}`) as number | undefined;
  const days = options.limits.optInDays;
  if (last !== undefined && now < last + days * DAY_MS) throw snsFault('ThrottledException', { reason: `The phone number can be opted in only once in ${days} days.` });
  state.records.delete(`out:${phone}`);
  state.optedOut.delete(phone);
  state.records.set(`in:${phone}`, now);
  return {};
}

/** The person behind a phone number has replied STOP. */
export function optOut({ state }: DirectoryContext, given: string): void {
  const phone = phoneNumber(given);
  if (phone !== undefined) keepRecord(state, `out:${phone}`, true);
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_ListOriginationNumbers.html */
export function listOriginationNumbers(context: DirectoryContext, input: JsonObject): Json {
  const numbers = context.options.sms.originationNumbers ?? [];
  const show = (index: number): Json => ({ CreatedAt: 0, Status: 'Active', RouteType: 'Transactional', NumberCapabilities: ['SMS'], Iso2CountryCode: 'US', ...(numbers[index] as unknown as JsonObject) });
  return page(context, numbers.map((_number, index) => index), show, { member: 'PhoneNumbers', scope: 'ListOriginationNumbers', token: input['NextToken'], size: (input['MaxResults'] as number | undefined) ?? 30 });
}

// ——— the sandbox ———

interface SandboxNumber {
  readonly status: 'Pending' | 'Verified';
  readonly password: string;
  readonly until: number;
}

export function isVerified({ state }: DirectoryContext, phone: string): boolean {
  return (state.records.get(`sandbox:${phone}`) as unknown as SandboxNumber | undefined)?.status === 'Verified';
}

export function getSandboxStatus({ options }: DirectoryContext): Json {
  return { IsInSandbox: options.sms.sandbox ?? false };
}

/** Sends a one-time password. @see https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html */
export function createSandboxNumber(context: DirectoryContext, input: JsonObject): { readonly phone: string; readonly password: string } {
  const { state, options, now } = context;
  const phone = readPhone(input['PhoneNumber'] as string);
  if (isOptedOut(context, phone)) throw snsFault('OptedOutException', { phoneNumber: phone });
  if (isVerified(context, phone)) throw snsFault('UserErrorException', { reason: `The phone number ${phone} is verified already.` });
  if (!state.records.has(`sandbox:${phone}`) && state.sandbox.all.length >= options.limits.sandboxPhoneNumbers) throw snsFault('UserErrorException', { reason: `The SMS sandbox takes ${options.limits.sandboxPhoneNumbers} phone numbers only.` });
  const password = String(Number.parseInt(context.uuid().replaceAll('-', '').slice(0, 8), 16) % 1_000_000).padStart(6, '0');
  const record: SandboxNumber = { status: 'Pending', password, until: now + options.limits.oneTimePasswordMinutes * 60_000 };
  keepRecord(state, `sandbox:${phone}`, record as unknown as Json);
  return { phone, password };
}

export function verifySandboxNumber({ state, now }: DirectoryContext, input: JsonObject): Json {
  const phone = readPhone(input['PhoneNumber'] as string);
  const known = state.records.get(`sandbox:${phone}`) as unknown as SandboxNumber | undefined;
  if (!known) throw snsFault('ResourceNotFoundException');
  if (known.status === 'Verified') return {};
  if (known.password !== input['OneTimePassword'] || now > known.until) throw snsFault('VerificationException');
  state.records.set(`sandbox:${phone}`, { ...known, status: 'Verified' } as unknown as Json);
  return {};
}

export function deleteSandboxNumber({ state }: DirectoryContext, input: JsonObject): Json {
  const phone = readPhone(input['PhoneNumber'] as string);
  if (!state.records.has(`sandbox:${phone}`)) throw snsFault('ResourceNotFoundException');
  state.records.delete(`sandbox:${phone}`);
  state.sandbox.delete(phone);
  return {};
}

export function listSandboxNumbers(context: DirectoryContext, input: JsonObject): Json {
  const { state } = context;
  const show = (phone: string): Json => ({ PhoneNumber: phone, Status: (state.records.get(`sandbox:${phone}`) as unknown as SandboxNumber).status });
  return page(context, state.sandbox.all, show, { member: 'PhoneNumbers', scope: 'ListSMSSandboxPhoneNumbers', token: input['NextToken'], size: (input['MaxResults'] as number | undefined) ?? 100 });
}
