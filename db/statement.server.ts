import { Column, fillPlaceholders, is, SQL, Subquery } from 'drizzle-orm'
import { nowhere, rawSql, type Tx } from './transaction.server.ts'

/** A query that drizzle can prepare: what a select builder ends in. */
type Preparable<T> = { prepare(name: string): { execute(values?: Record<string, unknown>): Promise<T> } }

/**
 * A query of the pages that everyone opens all day. Drizzle would build its SQL anew on every call, which costs more than
 * sending it, and find out for every value of every row how to read it; a statement is built once a process. Values come by
 * name: `sql.placeholder('slug')`, never from outside.
 * @param build makes the query; runs once, on first use.
 * @returns runs it in a transaction. @throws what the database throws.
 */
export function statement<V extends Record<string, unknown>, T>(
  build: (db: Tx) => Preparable<T>,
): (tx: Tx, values: V) => Promise<T> {
  let run: ((tx: Tx, values: V) => Promise<T>) | undefined
  return (tx, values) => {
    run ??= runnerOf<V, T>(build(nowhere).prepare('statement'))
    return run(tx, values)
  }
}

function runnerOf<V extends Record<string, unknown>, T>(prepared: ReturnType<Preparable<T>['prepare']>) {
  const { queryString, params, fields } = prepared as unknown as Prepared
  if (fields?.every(({ path }) => path.length === 1)) {
    const toRow = rowReader(fields)
    return async (tx: Tx, values: V) => {
      const query = rawSql(tx).unsafe(queryString, fillPlaceholders(params, values) as never[])
      return (await query.values()).map(toRow) as T
    }
  }
  return (tx: Tx, values: V) => {
    // Drizzle ties what it prepared to the connection it was prepared on; ours are many.
    return (Object.create(prepared, { client: { value: rawSql(tx) } }) as typeof prepared).execute(values)
  }
}

/** What drizzle knows of a query that it prepared, beyond its types. `fields`: of its rows, in order; none where it selects none. */
type Prepared = { queryString: string; params: unknown[]; fields: Field[] | undefined }
type Field = { path: string[]; field: Column | SQL | SQL.Aliased | Subquery }
type Decoder = { mapFromDriverValue(value: unknown): unknown }

/** Reads rows of plain fields as drizzle does, by what is found out once. */
function rowReader(fields: readonly Field[]): (values: unknown[]) => Record<string, unknown> {
  const names = fields.map(({ path }) => path[0]!)
  const decoders = fields.map(({ field }) => decoderOf(field))
  return (values) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) {
      const [value, decoder] = [values[index], decoders[index]]
      row[names[index]!] = value === null || !decoder ? value : decoder.mapFromDriverValue(value)
    }
    return row
  }
}

/** What reads a field's values; null where they stay as the driver gives them. */
function decoderOf(field: Field['field']): Decoder | null {
  if (is(field, Column)) return field.mapFromDriverValue === Column.prototype.mapFromDriverValue ? null : field
  const text = is(field, SQL) ? field : is(field, Subquery) ? field._.sql : field.sql
  return (text as unknown as { decoder: Decoder }).decoder
}
