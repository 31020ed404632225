export { addPasskey, askForNewPasskey } from './add.ts';
export { CHALLENGE_MS, sweepChallenges } from './challenges.ts';
export { checkPasskeyName, listPasskeys, removePasskey, renamePasskey, type Passkey } from './list.ts';
export { partyOf, type Party } from './party.ts';
export { askForPasskey, provePasskey } from './prove.ts';
