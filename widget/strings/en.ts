// English. Each export is one part of the interface; the build loads a part with the code that imports it.
import { plural } from "./plural.ts";
import type {
  AnnouncementStrings,
  ChallengeStrings,
  ChatStrings,
  ExtrasStrings,
  FormStrings,
  LauncherStrings,
  ListStrings,
  PageStrings,
  SourceStrings,
} from "./strings.ts";

export const launcher: LauncherStrings = {
  open: "Open chat",
  close: "Close chat",
  loading: "Opening chat…",
  loadFailed: "The chat couldn't be loaded. Click to try again.",
};

export const chat: ChatStrings = {
  lang: "en",
  dir: "ltr",
  assistant: "Assistant",
  you: "You",
  conversation: "Conversation",
  conversations: "Conversations",
  newConversation: "New conversation",
  close: "Close",
  inputLabel: "Your message",
  inputPlaceholder: "Ask a question…",
  send: "Send",
  stop: "Stop generating",
  stopping: "Stopping…",
  jumpToLatest: "Jump to latest",
  starters: "Suggested questions",
  privacy: "Privacy",
  contact: "Contact us",
  unavailable: "The assistant is unavailable right now.",
  loading: "Loading…",
  tryAgain: "Try again",
  continueAnswer: "Continue",
  editUnsent: "Edit",
  reload: "Reload page",
  offline: "You're offline. Messages will be sent when you're back online.",
  reconnecting: "Reconnecting…",
  queued: "Waiting for connection…",
  stillWaiting: "This is taking longer than usual…",
  thinking: "Thinking…",
  retrieving: "Searching…",
  answering: "The assistant is typing…",
  charsLeft: plural("en", { one: "# character left", other: "# characters left" }),
  charsOver: plural("en", { one: "# character over the limit", other: "# characters over the limit" }),
  retryIn: plural("en", { one: "Try again in # second.", other: "Try again in # seconds." }),
  sendsIn: plural("en", { one: "Sending again in # second.", other: "Sending again in # seconds." }),
  retryAt: (time) => `Try again after ${time}.`,
  copied: "Copied",
  edit: "Edit message",
  copy: "Copy answer",
  regenerate: "Regenerate",
  goodAnswer: "Good answer",
  badAnswer: "Bad answer",
  answer: {
    copyCode: "Copy",
    copied: "Copied",
    copyFailed: "Couldn't copy. Select the text instead.",
    taskDone: "Done",
    taskOpen: "To do",
    footnotes: "Footnotes",
  },
  endings: {
    aborted: "Stopped.",
    length: "This answer reached its length limit.",
    refusal: "The assistant declined to answer.",
    content_filter: "The rest of this answer was blocked by a content filter.",
    thought_too_long: "The assistant spent too long thinking and wrote no answer. Ask for something more specific.",
    empty: "The assistant didn't answer. Please try again.",
  },
  failures: {
    invalid_request: "This request couldn't be processed.",
    unauthorized: "Your session couldn't be renewed.",
    origin_not_allowed: "Chat isn't available on this website.",
    challenge_failed: "We couldn't verify you're human.",
    not_found: "Chat isn't available here.",
    turn_in_progress: "The previous answer isn't finished yet.",
    conflict: "This message couldn't be sent again.",
    payload_too_large: "Your message is too large.",
    prompt_too_long: "Your message is too long. Please shorten it.",
    content_filtered: "Your message was blocked by a content filter. Please rephrase it.",
    rate_limited: "You're sending messages too quickly. Please wait a moment.",
    budget_exhausted: "The assistant has reached its usage limit. Please try again later.",
    internal: "Something went wrong.",
    provider_rejected: "The assistant can't answer right now.",
    provider_unavailable: "The assistant is unavailable right now.",
    provider_rate_limited: "The assistant is busy. Please try again in a moment.",
    provider_overloaded: "The assistant is very busy. Please try again in a moment.",
    not_configured: "The assistant isn't set up yet.",
    provider_timeout: "The assistant took too long to respond.",
    upstream_truncated: "The answer was cut off.",
    missing_assistant: "Chat isn't set up yet.",
    offline: "You're offline.",
    unreachable: "Can't connect to the chat. Check your internet connection.",
    interrupted: "The connection was lost before the answer was complete.",
    signed_out: "You've been signed out. Sign in again to see your conversations.",
    copy_failed: "Couldn't copy. Select the text instead.",
    outdated: "The chat has been updated. Reload the page to continue.",
  },
};

const lines = plural("en", { one: "# line", other: "# lines" });
const columns = plural("en", { one: "# column", other: "# columns" });
const rows = plural("en", { one: "# row", other: "# rows" });

export const announcements: AnnouncementStrings = {
  answered: "Answer ready.",
  heading: "Heading:",
  taskDone: "Done:",
  taskOpen: "To do:",
  footnote: (label) => `Footnote ${label}:`,
  formula: "formula",
  code: (count, language) => ["Code", lines(count), language].filter(Boolean).join(", "),
  table: (columnCount, rowCount) => `Table, ${columns(columnCount)}, ${rows(rowCount)}`,
};

export const extras: ExtrasStrings = {
  reference: "Reference",
  copyReference: "Copy reference ID for support",
  reasoning: "Thought process",
  version: (at, of) => `Version ${at} of ${of}`,
  previousVersion: "Previous version",
  nextVersion: "Next version",
};

const sourceCount = plural("en", { one: "# source", other: "# sources" });

export const sources: SourceStrings = {
  title: "Sources",
  more: plural("en", { one: "# more source", other: "# more sources" }),
  source: (index, title) => `Source ${index}: ${title}`,
  showHere: "Show on this page",
  openPage: "Open page",
  announced: (count, titles) => `${sourceCount(count)}: ${titles.join(", ")}${count > titles.length ? ", …" : "."}`,
};

export const page: PageStrings = {
  shared: "Sees this page",
  notShared: "Page not shared",
  label: "This page",
  sent: "This page is sent along",
  share: "Send this page along",
  text: "What is sent",
  words: plural("en", { one: "# word.", other: "# words." }),
  noForms: "Nothing typed into forms.",
  empty: "This page has no text to send.",
};

export const list: ListStrings = {
  conversations: "Conversations",
  back: "Back to conversation",
  untitled: "Untitled conversation",
  rename: "Rename",
  newName: "Conversation name",
  save: "Save",
  cancel: "Cancel",
  delete: "Delete",
  askDelete: (title) => `Delete “${title}”? This can't be undone.`,
  showMore: "Show more",
  empty: "No conversations yet.",
  today: "Today",
  yesterday: "Yesterday",
  thisWeek: "Previous 7 days",
  earlier: "Older",
  yourData: "Your data",
  yourDataText: "Download or delete everything we store about you.",
  download: "Download my data",
  deleteAll: "Delete everything",
  askDeleteAll: "Delete all your conversations? This can't be undone.",
  deleted: "Conversation deleted.",
  deletedAll: "All your conversations were deleted.",
};

export const forms: FormStrings = {
  editLabel: "Edit message",
  replaces: "This replaces the answer and everything after it.",
  commentLabel: "What went wrong? (optional)",
  cancel: "Cancel",
  send: "Send",
};

export const challenge: ChallengeStrings = {
  title: "Verify you're human",
  needsVisitor: "Please verify you're human before your message is sent. The check is just above the message field.",
  failed: "Verification failed.",
  again: "Try again",
};
