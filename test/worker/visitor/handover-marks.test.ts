import assert from "node:assert/strict";
import { test } from "node:test";
import { HandoverMarks } from "../../../worker/visitor/handover-marks.ts";

/** The part of an object's storage that the marks use. */
function keyValueStorage(): { storage: DurableObjectStorage; size(): number } {
  const values = new Map<string, unknown>();
  const kv = {
    get: (key: string) => values.get(key),
    put: (key: string, value: unknown) => values.set(key, structuredClone(value)),
    delete: (key: string) => values.delete(key),
  };
  return { storage: { kv } as unknown as DurableObjectStorage, size: () => values.size };
}

test("a mark is forgotten after its time, and the last one leaves nothing behind", () => {
  const { storage, size } = keyValueStorage();
  const marks = new HandoverMarks(storage);
  marks.dropOld(0);
  marks.add({ id: "first", deliveredAt: 1000 });
  marks.add({ id: "second", deliveredAt: 2000 });
  marks.dropOld(1000);
  assert.deepEqual([marks.has("first"), marks.has("second")], [true, true]);
  marks.dropOld(1001);
  assert.deepEqual([marks.has("first"), marks.has("second")], [false, true]);
  marks.dropOld(2001);
  assert.equal(size(), 0);
});
