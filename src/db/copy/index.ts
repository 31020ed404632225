export { clearTables, inAnyOrder, putRows, setSequences } from './load.ts';
export { holdWriters, readSequences, readTable, takeSnapshot, tallyOf, type Snapshot } from './read.ts';
export { quoted, tablesOf, type Table } from './tables.ts';
export { createTally, sameTally, type CopiedRow, type Tally } from './tally.ts';
