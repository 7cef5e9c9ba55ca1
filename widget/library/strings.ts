/** The words of the list of conversations. They are apart, since they load with it. */
export interface LibraryStrings {
  conversations: string;
  back: string;
  untitled: string;
  rename: string;
  newName: string;
  save: string;
  cancel: string;
  delete: string;
  /** @param title the conversation's */
  askDelete(title: string): string;
  keep: string;
  showMore: string;
  empty: string;
  today: string;
  yesterday: string;
  thisWeek: string;
  earlier: string;
  yourData: string;
  yourDataText: string;
  download: string;
  deleteAll: string;
  askDeleteAll: string;
  deleted: string;
}

/** English. */
export const english: LibraryStrings = {
  conversations: "Conversations",
  back: "Back to the conversation",
  untitled: "Conversation without a name",
  rename: "Rename",
  newName: "Name of the conversation",
  save: "Save",
  cancel: "Cancel",
  delete: "Delete",
  askDelete: (title) => `Delete “${title}” for good?`,
  keep: "Keep",
  showMore: "Show older ones",
  empty: "No conversations yet. What you ask appears here.",
  today: "Today",
  yesterday: "Yesterday",
  thisWeek: "Last 7 days",
  earlier: "Earlier",
  yourData: "Your data",
  yourDataText: "Everything that is stored about you here: take it along, or delete it.",
  download: "Download my data",
  deleteAll: "Delete everything",
  askDeleteAll: "Delete all your conversations for good?",
  deleted: "Deleted.",
};
