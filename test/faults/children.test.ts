import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { childrenOf, until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';
import { Ledger } from './ledger.ts';

const WORKERS = 2;
const MEMBERS = 3;
const EACH = 3;
/** Times that a child comes to grief: every third stands still, the others die. */
const GRIEFS = 8;

let site: TestSite;
let ledger: Ledger;
let members: Member[];

beforeAll(async () => {
  site = await startTestSite({ WORKERS: String(WORKERS) }, 'sqlite', undefined, {
    imaging: { clocks: { still: 1500 } },
    jobs: { pollMs: 50, backoff: { firstMs: 100, maxMs: 500 } },
  });
  ledger = new Ledger(site.dataDir, site.site.config.databaseUrl);
  members = await Promise.all(Array.from({ length: MEMBERS }, () => site.member()));
});
afterAll(async () => {
  await ledger.close();
  await site.end();
});

async function send(member: Member, seed: number) {
  const bytes = await picture({ width: 1800, height: 1400, seed });
  const { status, body } = await member.post('/images/create', { title: `${seed}` }, { json: true, file: { bytes } });
  return { status, code: body.error?.code as string | undefined, sentence: body.error?.message as string | undefined };
}

/** Lets children come to grief, one after the other, as long as somebody waits. */
async function vex(over: () => boolean) {
  let griefs = 0;
  for (let turn = 0; !over() && griefs < GRIEFS; turn++) {
    const children = await childrenOf();
    const child = children[turn % Math.max(1, children.length)];
    if (child && kill(child, griefs % 3 === 2 ? 'SIGSTOP' : 'SIGKILL')) griefs++;
    await pause(40 + ((turn * 37) % 90));
  }
  return griefs;
}

function kill(child: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(child, signal);
  } catch {
    return false;
  }
}

const isStopped = async (pid: number) =>
  /^State:\s+T/m.test(await readFile(`/proc/${pid}/status`, 'latin1').catch(() => ''));

test('children that are killed and stopped while many save: each is answered, and neither a child nor a file is left', async () => {
  let answered = false;
  const answers = Promise.all(
    members.flatMap((member, n) => Array.from({ length: EACH }, (_, m) => send(member, 800 + n * EACH + m))),
  ).finally(() => (answered = true));
  const griefs = await vex(() => answered);
  const all = await answers;
  expect(griefs).toBeGreaterThan(2);
  // Who lost two children is refused with a sentence; the others are none the wiser.
  const sentence = expect.stringMatching(/^This picture cannot be processed|^Pictures cannot be looked at/);
  for (const refused of all.filter(({ status }) => status !== 201))
    expect(refused).toEqual({
      status: refused.code === 'busy' ? 503 : 422,
      code: expect.stringMatching(/^(busy|broken)$/),
      sentence,
    });
  const saved = all.filter(({ status }) => status === 201).length;
  expect(saved).toBeGreaterThan(0);
  await until('the other sizes', () => ledger.settled(), 20_000);
  expect(Number((await site.site.db('images').count({ n: '*' }))[0]?.['n'])).toBe(saved);
  expect(await ledger.temporary()).toEqual([]);
  expect(await ledger.faults()).toEqual([]);
  expect(await ledger.strays()).toEqual([]);
  expect(await site.site.db('expected').select()).toEqual([]);
  await until('no child that stands still', async () => {
    const children = await childrenOf();
    return children.length <= WORKERS && !(await Promise.all(children.map(isStopped))).includes(true);
  });
  // And all goes on as before.
  expect((await send(members[0]!, 899)).status).toBe(201);
});
