import { Form, type FormProps } from '@remix-run/react'

/** A form that posts to its own page; works without JavaScript. Its button is a SubmitButton: a double click posts once. */
export function PostForm(props: Omit<FormProps, 'style' | 'method'>) {
  return <Form method="post" {...props} />
}

/** Filters above a list: a form whose fields become the address, so that a view can be sent on. */
export function FilterForm(props: Omit<FormProps, 'style' | 'method' | 'className'>) {
  return <Form method="get" className="filters" {...props} />
}

/** The form that searches a page's list: its fields become the address. */
export function SearchForm(props: Omit<FormProps, 'style' | 'method' | 'className'>) {
  return <Form method="get" role="search" className="stack" {...props} />
}
