import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Email } from '../outbox.ts';
import { smtpTransport } from './smtp.ts';

/** Just enough of an SMTP server (RFC 5321): it takes mail for everybody but those it has an answer for. */
async function smtpServer(refusals: Readonly<Record<string, string>>): Promise<{ readonly url: string; readonly mails: string[]; close(): void }> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = '';
    let isData = false;
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    const answer = (line: string): unknown => {
      if (/^(?:EHLO|HELO|MAIL|RSET|NOOP)/i.test(line)) return say('250 ok');
      if (/^RCPT/i.test(line)) return say(refusals[/<(.*)>/.exec(line)![1]!] ?? '250 ok');
      if (/^DATA/i.test(line)) return (isData = say('354 go on') || true);
      if (/^QUIT/i.test(line)) return socket.end('221 bye\r\n');
      return say('502 what?');
    };
    say('220 test');
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString('utf8');
      for (;;) {
        const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = waiting.slice(0, end);
        waiting = waiting.slice(end + (isData ? 5 : 2));
        if (!isData) {
          answer(text);
          continue;
        }
        isData = false;
        mails.push(text);
        say('250 taken');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const email = (to: string): Email => ({ type: 'email', id: 'm-1', time: 0, from: 'no-reply@sns.amazonaws.com', to, subject: 'Grüße', text: 'A line.\n.dot\n' }) as unknown as Email;

describe('smtpTransport', () => {
  const servers: { close(): void }[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it('hands an e-mail to the server', async () => {
    const server = await smtpServer({});
    servers.push(server);
    await smtpTransport(server.url)(email('ada@example.org'));
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toMatch(/^From: no-reply@sns\.amazonaws\.com\r$/m);
    expect(server.mails[0]).toMatch(/^To: ada@example\.org\r$/m);
    // Subjects travel encoded (RFC 2047), and a dot at the beginning of a line is doubled.
    expect(server.mails[0]).toContain('=?UTF-8?');
    expect(server.mails[0]).toContain('\r\n..dot');
  });

  it('says which refusals are the last word', async () => {
    const server = await smtpServer({ 'gone@example.org': '550 no such user', 'full@example.org': '452 mailbox full' });
    servers.push(server);
    const send = smtpTransport(server.url);
    await expect(send(email('gone@example.org'))).rejects.toMatchObject({ permanent: true });
    await expect(send(email('full@example.org'))).rejects.not.toMatchObject({ permanent: true });
    await expect(send(email('full@example.org'))).rejects.toThrow('452 mailbox full');
  });

  it('says so where nobody listens: it is tried again later', async () => {
    const server = await smtpServer({});
    server.close();
    await expect(smtpTransport(server.url)(email('ada@example.org'))).rejects.toMatchObject({ code: 'ESOCKET' });
  });

  it('sends no header that an address or a subject smuggles in', async () => {
    const server = await smtpServer({});
    servers.push(server);
    const smuggled = { ...email('ada@example.org'), subject: 'a\r\nBcc: eve@example.org' } as Email;
    await smtpTransport(server.url)(smuggled);
    expect(server.mails[0]).not.toMatch(/^Bcc:/m);
  });
});
