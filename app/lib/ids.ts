import { v5, v7, validate } from 'uuid'

/** A new UUIDv7: ids are made by the app, and sort by time. */
export const newId = (): string => v7()

/** The same id each time for the same name of the same row: what is about a row and a day, say. */
export const derivedId = (of: string, name: string): string => v5(name, of)

/** True for a well-formed UUID: what comes from a URL is tested before it reaches the database. */
export const isId = (value: string): boolean => validate(value)
