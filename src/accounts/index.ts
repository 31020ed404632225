export {
  findToken,
  listTokens,
  makeToken,
  revokeAllTokens,
  revokeToken,
  SCOPES,
  type AccessToken,
  type Scope,
} from './access-tokens.ts';
export { dropFeedKey, feedKeySince, findFeedReader, makeFeedKey } from './feed-keys.ts';
export { ACTS, audit, readLog, sweepLog, type Act, type AuditEntry, type Logged, type LogPage } from './audit.ts';
export { accountOf, checkCredentials, confirmPassword, hasPassword } from './sign-in.ts';
export {
  beginTwoFactor,
  checkCode,
  confirmTwoFactor,
  dropTwoFactor,
  hasTwoFactor,
  renewCodes,
  twoFactorOf,
  type CodeKind,
  type TwoFactor,
} from './two-factor.ts';
export { codesLeft } from './recovery-codes.ts';
export {
  barReturn,
  beginForgetting,
  dayOf,
  dropDeletion,
  dueDeletions,
  GRACE_DAYS,
  isGoing,
  leavingUntil,
  remindLeaving,
  scheduleDeletion,
} from './deletions.ts';
export { forget } from './forget.ts';
export { createHashing, type Hashing, type HashingOptions } from './hashing.ts';
export { admitAccount, type Admitted, type Proof } from './admit.ts';
export {
  addPasskey,
  askForNewPasskey,
  askForPasskey,
  CHALLENGE_MS,
  checkPasskeyName,
  listPasskeys,
  partyOf,
  provePasskey,
  removePasskey,
  renamePasskey,
  sweepChallenges,
  type Party,
  type Passkey,
} from './passkeys/index.ts';
export { hasSecondFactor } from './second-factor.ts';
export { sealAnew } from './seal-anew.ts';
export { totpAddress } from './totp.ts';
export { countPerson, PEOPLE } from './people-count.ts';
export { findPerson, findPersonById, type Person } from './people.ts';
export { changeProfile, findRenamed, readProfile, sweepPastUsernames, type Profile } from './profile.ts';
export { endNamedSession, listSessions, MAX_SESSIONS, type SessionSummary } from './open-sessions.ts';
export { changePassword, findReset, resetPassword, type Circumstances } from './change-password.ts';
export { askReset, resetLink, sendReset, type Posting } from './letters.ts';
export { sweepLinks } from './links.ts';
export { askEmailChange, confirmEmailChange, emailOf, findConfirmation, sendEmailChange } from './change-email.ts';
export { INVITATION_DAYS, invite, isInvited, sweepInvitations, type Invitation, type Inviting } from './invitations.ts';
export { askConfirm, askToJoin, confirmRegistration, sendConfirm } from './registrations.ts';
export {
  findByIdentity,
  linkIdentity,
  listIdentities,
  registerByIdentity,
  unlinkIdentity,
  type LinkedIdentity,
} from './identities.ts';
export { foldName, isEmail, isNameable } from './names.ts';
export { register, type Registration } from './register.ts';
export {
  beginSession,
  endOtherSessions,
  endSession,
  sessionFinder,
  sweepSessions,
  updateSession,
  type Device,
  type Member,
  type NewSession,
  type OpenSession,
  type Role,
} from './sessions.ts';
