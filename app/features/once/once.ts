/** The name of the hidden field that carries a form's key: an id made when the page was read (lib/ids.ts). */
export const FORM_KEY = 'form'
