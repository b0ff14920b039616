const statuses = {
  TypeError: 400,
  NotAllowedError: 403,
  NotFoundError: 404,
  DataError: 422,
  UnknownError: 500,
  QuotaExceededError: 507,
}

/** An answer of no, under the name by which the page will see it. */
export class Refusal extends Error {
  override readonly name: keyof typeof statuses

  constructor(name: keyof typeof statuses, message: string) {
    super(message)
    this.name = name
  }

  /** The HTTP status that goes with the name. */
  get status(): number {
    return statuses[this.name]
  }

  /** Turns whatever was thrown into an answer: malformed input is the client's fault, the rest is the host's. */
  static from(error: unknown): Refusal {
    if (error instanceof Refusal) return error
    const malformed = error instanceof TypeError || error instanceof SyntaxError
    return new Refusal(
      malformed ? 'TypeError' : 'UnknownError',
      error instanceof Error ? error.message : String(error),
    )
  }
}
