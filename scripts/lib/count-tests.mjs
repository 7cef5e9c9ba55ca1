// A reporter for Node's test runner that prints the counts of the whole run as JSON.
export default async function* countTests(events) {
  for await (const { type, data } of events) {
    if (type !== "test:summary" || data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped: skipped + todo });
  }
}
