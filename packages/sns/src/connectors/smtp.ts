import type { Email } from '../outbox.ts';
import type { Transport } from './outbox.ts';

/** What of nodemailer is used here. */
interface Mailer {
  createTransport(options: unknown): { sendMail(mail: object): Promise<unknown> };
}

/**
 * Sends e-mails through an SMTP server, with `nodemailer`, which you install.
 * @param server its URL (`smtp://user:password@host:587`), or nodemailer's transport options
 */
export function smtpTransport(server: string | object): Transport<Email> {
  let sender: Promise<ReturnType<Mailer['createTransport']>> | undefined;
  const connect = async (): Promise<ReturnType<Mailer['createTransport']>> => {
    const mailer = (await import('nodemailer').catch(() => {
      throw Object.assign(new Error("E-mails over SMTP need the package 'nodemailer': npm install nodemailer."), { permanent: true });
    })) as unknown as Mailer & { readonly default?: Mailer };
    return (mailer.default ?? mailer).createTransport(server);
  };
  return async ({ from, to, subject, text }) => {
    try {
      await (await (sender ??= connect())).sendMail({ from, to: { name: '', address: to }, subject, text });
    } catch (error) {
      // 5xx is the server's last word.
      const { responseCode } = error as { readonly responseCode?: number };
      if (responseCode !== undefined && responseCode >= 500) throw Object.assign(error as Error, { permanent: true });
      throw error;
    }
  };
}
