export { findAccount, findAccountById, listAccounts, setDisabled, setRole, type Account, type By } from './accounts.ts';
export { decideJob, type JobDecision } from './jobs.ts';
export { askDeletion, cancelDeletion } from './leaving.ts';
