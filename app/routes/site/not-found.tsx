import { notFound } from '#app/lib/http.ts'

/** Every address that app/routes.ts does not know: the root's error page, with status 404. */
export function loader() {
  throw notFound('page')
}

export function action() {
  throw notFound('page')
}

export default function NotFound() {
  return null
}
