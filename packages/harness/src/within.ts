/** A promise's outcome, or what there is to say if that takes too long. */
export async function within<Outcome>(
  milliseconds: number,
  promise: Promise<Outcome>,
  late: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const isLate = Symbol('late')
  let timer: NodeJS.Timeout | undefined
  const outcome = await Promise.race([
    promise,
    new Promise<typeof isLate>((resolve) => (timer = setTimeout(resolve, milliseconds, isLate))),
  ]).finally(() => clearTimeout(timer))
  return outcome === isLate ? late() : outcome
}
