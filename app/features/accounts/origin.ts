/** Where a request comes from: its Cookie header, its address, its number, whether over https. */
export type Origin = { cookieHeader: string | null; address: string; requestId: string; isSecure: boolean }

/** Reads it off a loader's or action's arguments. */
export function originOf(args: {
  request: Request
  context: { clientAddress: string; requestId: string; isSecure: boolean }
}): Origin {
  return {
    cookieHeader: args.request.headers.get('Cookie'),
    address: args.context.clientAddress,
    requestId: args.context.requestId,
    isSecure: args.context.isSecure,
  }
}
