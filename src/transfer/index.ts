export { askExport, findExport, findExportFile, forget, KEPT_DAYS, sweepExports, type Export } from './exports.ts';
export * from './many/index.ts';
export { makeExport, type Making, type Wanted } from './make.ts';
