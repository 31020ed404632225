export { checkCredentials } from './sign-in.ts';
export { findPerson, findPersonById, type Person } from './people.ts';
export { foldName } from './names.ts';
export { register, type Registration } from './register.ts';
export {
  beginSession,
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
