/** Whether tests may take minutes where they can show more that way: `npm run faults` says so. */
export const LONG = process.env['LONG'] === 'yes';
