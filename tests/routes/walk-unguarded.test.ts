import { walkAsStrangers } from './walking.ts'

// The guards switched off: row-level security alone.
walkAsStrangers('off')
