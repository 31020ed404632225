import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the server says to one question. */
export type DnsAnswer =
  | { addresses?: readonly string[]; cname?: string }
  | { code: 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED' }
  | 'silent'
  /** Bytes that are no answer at all. */
  | 'garbage';

/** Answers a question; `asked` counts how often this name and type were asked before. */
export type DnsZone = (name: string, type: 'A' | 'AAAA', asked: number) => DnsAnswer;

export interface DnsServer {
  /** `ip:port`, as DNS_SERVERS wants it. */
  address: string;
  questions: { name: string; type: 'A' | 'AAAA' }[];
  close(): Promise<void>;
}

const CODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const TYPES = { A: 1, AAAA: 28, CNAME: 5 };

/** A name server on loopback, over UDP, and over TCP for answers that are too long for one packet. */
export async function startDns(zone: DnsZone): Promise<DnsServer> {
  const questions: DnsServer['questions'] = [];

  function reply(query: Buffer, longest: number): Buffer | null {
    const { name, type, end } = readQuestion(query);
    const asked = questions.filter((question) => question.name === name && question.type === type).length;
    // The same question again over TCP is not a new one.
    if (longest < 65_535) questions.push({ name, type });
    const answer = zone(name, type, longest < 65_535 ? asked : asked - 1);
    if (answer === 'silent') return null;
    if (answer === 'garbage') return Buffer.concat([query.subarray(0, 2), Buffer.alloc(40, 0xff)]);
    const records = 'code' in answer ? [] : recordsOf(answer, type);
    const fits = records.reduce((sum, record) => sum + record.length, end) <= longest;
    const code = 'code' in answer ? CODES[answer.code] : 0;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code | (fits ? 0 : 0x0200), 2);
    head.writeUInt16BE(fits ? records.length : 0, 6);
    head.fill(0, 8);
    return Buffer.concat([head, query.subarray(12, end), ...(fits ? records : [])]);
  }

  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    socket.on('data', (data) => {
      const packet = reply(data.subarray(2), 65_535);
      if (packet) socket.end(Buffer.concat([twoBytes(packet.length), packet]));
    });
  });
  const { udp, port } = await bindBoth(tcp);
  udp.on('message', (query, from) => {
    const packet = reply(query, 512);
    if (packet) udp.send(packet, from.port, from.address);
  });

  return {
    address: `127.0.0.1:${port}`,
    questions,
    async close() {
      for (const socket of open) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => void udp.close(resolve)),
        new Promise<void>((resolve) => void tcp.close(() => resolve())),
      ]);
    },
  };
}

/** One port for both; another one where somebody has its other half. */
async function bindBoth(tcp: Server): Promise<{ udp: UdpSocket; port: number }> {
  for (;;) {
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const udp = createSocket('udp4').bind(port, '127.0.0.1');
    const bound = await once(udp, 'listening').then(
      () => true,
      () => false,
    );
    if (bound) return { udp, port };
    tcp.close();
    await once(tcp, 'close');
  }
}

function readQuestion(query: Buffer): { name: string; type: 'A' | 'AAAA'; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1) === TYPES.AAAA ? 'AAAA' : 'A';
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 };
}

function recordsOf(answer: { addresses?: readonly string[]; cname?: string }, type: 'A' | 'AAAA'): Buffer[] {
  // 0xc00c points back at the name in the question.
  const asked = Buffer.from([0xc0, 0x0c]);
  const owner = answer.cname === undefined ? asked : nameBytes(answer.cname);
  const alias = answer.cname === undefined ? [] : [record(asked, TYPES.CNAME, owner)];
  const fitting = (answer.addresses ?? []).filter((address) => address.includes(':') === (type === 'AAAA'));
  return [...alias, ...fitting.map((address) => record(owner, TYPES[type], addressBytes(address)))];
}

const record = (owner: Buffer, type: number, data: Buffer): Buffer =>
  Buffer.concat([owner, twoBytes(type), twoBytes(1), Buffer.from([0, 0, 0, 60]), twoBytes(data.length), data]);

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function addressBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [left = '', right] = hexOnly(address).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(left), groups(right ?? '')];
  const middle = Array.from({ length: right === undefined ? 0 : 8 - before.length - after.length }, () => 0);
  return Buffer.concat([...before, ...middle, ...after].map(twoBytes));
}

/** `::ffff:127.0.0.1` → `::ffff:7f00:1` */
const hexOnly = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_whole, a: string, b: string, c: string, d: string) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
