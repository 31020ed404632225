import { openBroker, type Broker } from './broker.ts';

let broker: Broker | undefined;

/** jest calls this before the first test file, in the process that lives as long as the run. */
export default async function setUp(): Promise<void> {
  broker = await openBroker();
  process.env['BOWERBIRD_TEST_DATABASES'] = broker.address;
}

export async function tearDown(): Promise<void> {
  await broker?.close();
}
