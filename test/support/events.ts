import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

export interface Told {
  event: string;
  id: string | null;
  data: Record<string, unknown>;
}

/** A stream of events as a browser's EventSource reads it, but that it does not come back by itself. */
export interface Listener {
  status: number;
  headers: IncomingHttpHeaders;
  /** All that was told so far. */
  told: Told[];
  /** The body of what is no stream. */
  text(): string;
  /** Resolves when the other side has ended it. */
  ended: Promise<void>;
  /** Goes away without a word. */
  leave(): void;
}

/** Opens a stream; `address` is whole. */
export async function listen(
  address: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' = 'GET',
): Promise<Listener> {
  const asked = request(address, { method, headers: { accept: 'text/event-stream', ...headers }, agent: false });
  asked.on('error', () => {});
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  const told: Told[] = [];
  answer.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    told.splice(0, told.length, ...read(text));
  });
  const ended = new Promise<void>((resolve) => void answer.once('close', resolve));
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    told,
    text: () => text,
    ended,
    leave: () => asked.destroy(),
  };
}

/** The whole events of a text; comments and `retry` are none. */
function read(text: string): Told[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    if (!fields['data']) return [];
    const data = JSON.parse(fields['data']) as Record<string, unknown>;
    return [{ event: fields['event'] ?? 'message', id: fields['id'] ?? null, data }];
  });
}
