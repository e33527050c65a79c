/**
 * Why the product could not start, for a person at a shell: `message` is one English sentence, without a stack trace.
 * `code` lets the server and the command line tools choose words in the reader's language; `detail` names the thing.
 */
export type StartErrorCode =
  | 'folder_not_writable'
  | 'platform_unsupported'
  | 'account_missing'
  | 'initdb_failed'
  | 'embedded_failed'
  | 'embedded_busy'
  | 'setting_invalid'
  | 'demo_must_not_send'
  | 'secret_missing'
  | 'secret_unreadable'
  | 'port_taken'
  | 'address_unavailable'
  | 'database_unreachable'
  | 'database_refused'
  | 'database_too_old'

export class StartError extends Error {
  readonly code: StartErrorCode
  readonly detail: string

  constructor(code: StartErrorCode, message: string, detail = '') {
    super(message)
    this.name = 'StartError'
    this.code = code
    this.detail = detail
  }
}

/** True also for an error made by the other copy of this module (server bundle and Remix build each have one). */
export function isStartError(error: unknown): error is StartError {
  return error instanceof Error && error.name === 'StartError' && 'code' in error
}
