type AnswersLater<Port> = {
  readonly [Method in keyof Port]: (...values: never[]) => Promise<unknown>
}

/**
 * A port whose adapter is loaded with its first call, so that a function which starts cold for a request that never
 * needs it does not read it. A load that failed is tried again by the next call.
 */
export function loadedLater<Port extends AnswersLater<Port>>(load: () => Promise<Port>): Port {
  let loading: Promise<Port> | undefined
  const adapter = () => {
    loading ??= load().catch((cause) => {
      loading = undefined
      throw cause
    })
    return loading
  }
  return new Proxy({} as Port, {
    get: (_, name) =>
      // A port is no promise: `await` asks for `then`.
      name === 'then'
        ? undefined
        : async (...values: never[]) => (await adapter())[name as keyof Port](...values),
  })
}
