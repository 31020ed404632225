/**
 * What is asked for pages of different lengths, made once for each length, which it has written in its text: given as a value,
 * PostgreSQL takes it for a tenth of all rows, and plans anew with every question or for far too many.
 *
 * @param make is given how many rows are wanted at the most
 */
export function bySize<Made>(make: (rows: number) => Made): (rows: number) => Made {
  const made = new Map<number, Made>();
  return (rows) => {
    const known = made.get(rows) ?? make(rows);
    made.set(rows, known);
    return known;
  };
}
