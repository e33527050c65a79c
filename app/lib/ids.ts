import { v7, validate } from 'uuid'

/** A new UUIDv7: ids are made by the app, and sort by time. */
export const newId = (): string => v7()

/** True for a well-formed UUID: what comes from a URL is tested before it reaches the database. */
export const isId = (value: string): boolean => validate(value)
