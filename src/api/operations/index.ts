import { boardOperations } from './boards.ts';
import { findingOperations } from './finding.ts';
import { imageOperations } from './images.ts';
import type { Operation } from './operation.ts';
import { peopleOperations } from './people.ts';
import { runningOperations } from './running.ts';

export { GROUPS, type Operation, type Shape } from './operation.ts';

/** All that a script can do under /api/v1. A route that answers JSON and is not described here fails a test. */
export const OPERATIONS: readonly Operation[] = [
  ...imageOperations,
  ...peopleOperations,
  ...boardOperations,
  ...findingOperations,
  ...runningOperations,
];
