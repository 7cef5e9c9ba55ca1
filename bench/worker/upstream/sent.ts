/** What the upstream records of one stream. Times are from the clock that all processes share. */
export interface SentStream {
  /** The number in its first piece. */
  number: number;
  /** When its request had arrived. The first piece was due at that time. */
  startedAt: number;
  /** When each piece was written; 0 if it never was. */
  sentAt: Float64Array;
}
