/**
 * Work of one transaction that goes on side by side: while the database is busy with the statement of one, the other makes ready its own. Waits for all of it
 * before it throws the first fault: no statement may come after the transaction is undone. The statements run in the order in which they are asked for.
 */
export async function together(...work: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}
