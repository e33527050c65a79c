/// <reference types="@remix-run/node" />
/// <reference types="vite/client" />

import type { Viewer } from './features/accounts/actor.ts'
import type { LoadContext } from './lib/load-context.ts'

declare module '@remix-run/server-runtime' {
  interface Future {
    v3_singleFetch: true
  }
  interface AppLoadContext extends LoadContext {
    /** The signed-in person, looked up once per request; null for visitors. */
    viewer: Viewer | null
  }
}
