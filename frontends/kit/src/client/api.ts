import createFetchClient, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch'
import type { HttpMethod, PathsWithMethod } from 'openapi-typescript-helpers'

/** A success: the document, and what the headers said of it. */
export interface Answer<T> {
  data: T
  /** The server could not wait for everything that this tab has seen: show the data, and say so. */
  stale: boolean
  response: Response
}

type Success<Operation> = NonNullable<FetchResponse<Operation & Record<string | number, any>, {}, 'application/json'>['data']>
type Member<T, Key> = Key extends keyof T ? T[Key] : never
type InitOf<Methods, Method extends HttpMethod> = Method extends keyof Methods ? MaybeOptionalInit<Methods, Method> : never
type Arguments<Init> = undefined extends Init ? [init?: Init] : [init: Init]

type Call<Paths extends {}, Method extends HttpMethod> = <Path extends PathsWithMethod<Paths, Method>>(
  path: Path,
  ...init: Arguments<InitOf<Member<Paths, Path>, Method>>
) => Promise<Answer<Success<Member<Member<Paths, Path>, Method>>>>

/** One method for each HTTP method, with the paths, parameters, bodies and documents of an OpenAPI file as types. */
export interface Api<P extends {}> {
  get: Call<P, 'get'>
  post: Call<P, 'post'>
  put: Call<P, 'put'>
  delete: Call<P, 'delete'>
}

/**
 * Returns a client for generated paths (gen/ts). Its calls resolve with an Answer and reject with a Problem; a signal in
 * the call's init aborts it. Send it an `Idempotency-Key` header to repeat a command of an earlier page.
 */
export function createApi<P extends {}>(send: (request: Request) => Promise<Response>, origin: string = location.origin): Api<P> {
  const client = createFetchClient<Record<string, any>>({ baseUrl: origin, fetch: send })
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => async (path: string, init?: object) => {
    const { data, response } = await client[method](path, init as never)
    return { data, response, stale: response.headers.get('Tiffin-Stale') === 'true' }
  }
  return { get: call('GET'), post: call('POST'), put: call('PUT'), delete: call('DELETE') } as unknown as Api<P>
}
