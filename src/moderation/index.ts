export { findAccount, findAccountById, listAccounts, setDisabled, setRole, type Account, type By } from './accounts.ts';
export { askDeletion, cancelDeletion } from './leaving.ts';
