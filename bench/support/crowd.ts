// Started with fork and the site's address: from `go` to `stop` twenty people sign in at once, and when they are in, again.
import { openBrowser, signIn } from './members.ts';

const AT_ONCE = 20;
const browser = await openBrowser(process.argv[2] ?? '');
const crowd = { going: false, signedIn: 0 };

async function keepSigningIn() {
  while (crowd.going) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => signIn(browser, n)));
    crowd.signedIn += AT_ONCE;
  }
  process.send?.({ signedIn: crowd.signedIn });
}

process.on('message', (word) => {
  crowd.going = word === 'go';
  if (!crowd.going) return;
  crowd.signedIn = 0;
  void keepSigningIn();
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
