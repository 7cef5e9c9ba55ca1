/**
 * The objects of a class where the operator wants them to be. The place is part of each object's identity: the same name
 * in another place is another object.
 * @param jurisdiction `DATA_JURISDICTION`; undefined leaves the place to the platform
 */
export function inJurisdiction<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  jurisdiction: "eu" | undefined,
): DurableObjectNamespace<T> {
  return jurisdiction === undefined ? namespace : namespace.jurisdiction(jurisdiction);
}
