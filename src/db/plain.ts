import sqlite3 from 'sqlite3';

type Values = readonly (string | number | Buffer | null)[];

/** A SQLite file that is no site's database, such as a backup: opened by one process, and written without a log beside it. */
export interface PlainFile {
  run(text: string, values?: Values): Promise<void>;
  /** As `run`; answers the number of the row that was put in. */
  put(text: string, values: Values): Promise<number>;
  all<Row>(text: string, values?: Values): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openPlain(path: string): Promise<PlainFile> {
  const file = await new Promise<sqlite3.Database>((resolve, reject) => {
    const made = new sqlite3.Database(path, sqlite3.OPEN_READWRITE, (error) => (error ? reject(error) : resolve(made)));
  });
  const put = (text: string, values: Values) =>
    new Promise<number>((resolve, reject) => {
      file.run(text, [...values], function (error) {
        if (error) reject(error);
        else resolve(this.lastID);
      });
    });
  return {
    put,
    run: async (text, values = []) => void (await put(text, values)),
    all: <Row>(text: string, values: Values = []) =>
      new Promise<Row[]>((resolve, reject) => {
        file.all(text, [...values], (error: Error | null, rows: Row[]) => (error ? reject(error) : resolve(rows)));
      }),
    close: () => new Promise((resolve, reject) => file.close((error) => (error ? reject(error) : resolve()))),
  };
}
