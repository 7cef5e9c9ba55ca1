/** A visitor's message to the people behind an assistant. */
export interface Handover {
  /** Stays the same when the message is delivered again, so that the receiver recognizes it. */
  id: string;
  /** When the visitor sent it, in milliseconds since the epoch. */
  sentAt: number;
  /** The assistant's id and title. */
  assistant: string;
  title: string;
  message: string;
  /** How to reach the visitor, on one line. */
  contact: string;
  /** The conversation, if the visitor sends it along. */
  conversation?: SentConversation;
}

/** A conversation that a visitor sends along. */
export interface SentConversation {
  id: string;
  /** Oldest first. */
  messages: readonly SentMessage[];
  /** Whether earlier messages are left out, because there are too many. */
  isShortened: boolean;
}

/** One message of a conversation that is sent along. */
export interface SentMessage {
  role: "user" | "assistant";
  content: string;
  /** ISO 8601. */
  createdAt: string;
  /** Marks what a machine wrote. Some laws require this. */
  aiGenerated?: true;
}
