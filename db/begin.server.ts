import postgres from 'postgres'

/** A queue of the driver's connections, and a connection, as far as they matter here. */
type Queue = { push(connection: Connection): void; remove(connection: Connection): void }
type Connection = { queue: Queue; terminate(): void }
type Options = { onexecute?: (connection: Connection) => unknown }
type Begin = Promise<unknown> & { execute(): Promise<unknown> }

/**
 * Lets a transaction's first questions travel with its BEGIN. The driver sends BEGIN, waits for the answer, and only then runs
 * the work: a whole way to the database and back on every page. Here the work runs as soon as BEGIN is written to a
 * connection that is reserved for it; the database answers in order.
 *
 * Where BEGIN does not arrive, nothing after it does. Where it is refused on a connection that lives, what came behind it was
 * asked without an actor (settings are local to a transaction), whom row-level security lets see and write nothing; the
 * connection is closed, and the transaction fails as with one that was lost.
 *
 * Built on what `begin` of postgres 3.4 does inside: it asks for BEGIN by `unsafe` with `onexecute`, reserves the connection
 * there, and counts it as full until BEGIN is answered. A test fails where another version does otherwise.
 */
export function beginAtOnce(pool: postgres.Sql): void {
  const unsafe = pool.unsafe.bind(pool) as unknown as (query: string, args: unknown[], options: Options) => Begin
  const asked = (query: string, args: unknown[] = [], options: Options = {}) =>
    options.onexecute
      ? begun(options.onexecute, (onexecute) => unsafe(query, args, { onexecute }))
      : unsafe(query, args, options)
  pool.unsafe = asked as unknown as typeof pool.unsafe
}

/** BEGIN, which counts as done when it is written. */
function begun(reserve: NonNullable<Options['onexecute']>, ask: (onexecute: typeof reserve) => Begin) {
  const execute = async () => {
    let reserved: { connection: Connection; queue: Queue } | undefined
    let answer: Promise<unknown> | undefined
    await new Promise<unknown>((written, failed) => {
      const begin = ask((connection) => {
        reserve(connection)
        reserved = { connection, queue: connection.queue }
        written(null)
      })
      answer = begin.execute()
      answer.then(written, failed)
    })
    answer?.catch((error: unknown) => {
      if (error instanceof postgres.PostgresError && error.severity_local === 'ERROR') reserved?.connection.terminate()
    })
    if (reserved) move(reserved.connection, reserved.queue)
  }
  return { execute }
}

function move(connection: Connection, queue: Queue): void {
  connection.queue.remove(connection)
  queue.push(connection)
  connection.queue = queue
}
