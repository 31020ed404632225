export { ACTS, audit, readLog, sweepLog, type Act, type AuditEntry, type Logged, type LogPage } from './audit.ts';
export { accountOf, checkCredentials, confirmPassword, hasPassword } from './sign-in.ts';
export { findPerson, findPersonById, type Person } from './people.ts';
export { endNamedSession, listSessions, MAX_SESSIONS, type SessionSummary } from './open-sessions.ts';
export { foldName } from './names.ts';
export { register, type Registration } from './register.ts';
export {
  beginSession,
  endOtherSessions,
  endSession,
  findSession,
  sweepSessions,
  updateSession,
  type Device,
  type Member,
  type NewSession,
  type OpenSession,
  type Role,
} from './sessions.ts';
