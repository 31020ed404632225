export { ACTIONS, type Action, type Value } from './actions.ts';
export { beginMany, MOST as MOST_AT_ONCE, sweepMany, undoMany } from './begin.ts';
export { changeMany } from './perform.ts';
export { findMany, type Progress } from './read.ts';
export { choosable, idsOf, type Choosable, type From } from './choose.ts';
export { zipOf, MOST_IN_ZIP } from './zip.ts';
