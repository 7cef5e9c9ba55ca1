/**
 * Restricts a class of objects to the operator's jurisdiction. The jurisdiction is part of each object's identity: the
 * same name in another jurisdiction refers to a different object.
 * @param jurisdiction `DATA_JURISDICTION`; undefined lets the platform choose the location
 */
export function inJurisdiction<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  jurisdiction: "eu" | undefined,
): DurableObjectNamespace<T> {
  return jurisdiction === undefined ? namespace : namespace.jurisdiction(jurisdiction);
}
