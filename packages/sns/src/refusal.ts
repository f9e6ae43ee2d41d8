import { camelName, ServiceFault, type RequestFault } from '@interstate/service-kit';

/** Operations that came later word their refusals under another code. */
const LATER = /SMSSandbox|OriginationNumbers|DataProtectionPolicy/;

/** How SNS words a request of the wrong shape: paths in camel case. */
export function refuse({ message }: RequestFault, action: string): ServiceFault {
  const reason = message.replace(/ at '([^']*)' failed/g, (_text, path: string) => ` at '${path.split('.').map(camelName).join('.')}' failed`);
  return new ServiceFault(LATER.test(action) ? 'ValidationException' : 'ValidationError', { reason });
}
