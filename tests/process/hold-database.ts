import postgres from 'postgres'
import { startEmbedded } from '#db/embedded.server.ts'
import { isStartError } from '#db/start-error.ts'

/** A program that uses the built-in database until it is told to stop: `hold-database FOLDER [SQL]`. */
const [folder = '', statement] = process.argv.slice(2)
try {
  const embedded = await startEmbedded({ dataDir: folder })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      embedded.release().then(() => process.exit(0))
    })
  const sql = postgres(embedded.url, { max: 1, onnotice: () => {} })
  const answer = await sql.unsafe(statement ?? 'select 1').then(
    (rows) => JSON.stringify(rows),
    (error: Error) => error.message,
  )
  await sql.end()
  process.stdout.write(`up ${new URL(embedded.url).port} ${answer}\n`)
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stderr.write(isStartError(error) ? `${error.code}: ${error.message}\n` : String(error))
  process.exit(1)
}
