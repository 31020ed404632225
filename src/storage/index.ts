export { diskStorage, type DiskSettings } from './disk.ts';
export { diskFull } from './full.ts';
export { BEGINNINGS, isKey, newKey } from './key.ts';
export { openMembers, openStorage, type StorageSettings } from './open.ts';
export { patient } from './patient.ts';
export { createPlaces, type Member, type Places } from './ring/index.ts';
export { forgetStore, markEmptied, settleStores } from './ring/known.ts';
export { moveUnder, type Moved } from './ring/move.ts';
export type { AddressWish, ByteRange, Storage, Stored } from './storage.ts';
