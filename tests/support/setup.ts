import { afterAll } from 'vitest'
import { endAll } from './at-end.ts'

// Runs for every file. Files of a worker share their modules (vitest.config.ts), so that a hook at the top of a module
// would be heard by the first of them alone.
afterAll(endAll)
