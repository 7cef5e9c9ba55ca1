/** What the upstream remembers of one stream. Times are of the clock that all processes share. */
export interface SentStream {
  /** Its first piece says this number. */
  number: number;
  /** When the request for it had come in: its first piece was due then. */
  startedAt: number;
  /** When each piece was written; 0 for one that never was. */
  sentAt: Float64Array;
}
