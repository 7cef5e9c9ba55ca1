/**
 * Properties and methods that only the chat's own file uses: the build gives them short names. A name must not be stored,
 * sent, or part of the element's API or of a language, and no part that loads later may use it; the build checks the
 * last.
 */
export const internalNames = [
  // what the Markdown parser and renderer keep
  ...[
    "alignments",
    "canClose",
    "canOpen",
    "closeUnmatched",
    "endLine",
    "guessTable",
    "hasBracketBehind",
    "currentLine",
  ],
  ...["isAtSpace", "isBare", "isCutOff", "isDisplay", "isGrowing", "isIndented", "isLoose"],
  ...["makeTable", "newLabels", "nextNonspace", "noteEntities", "noteUndecided", "readOnTrial", "skipColumns"],
  ...["skipIndent", "startLine", "takeDefinitions", "undoTrial", "brackets", "cutOff", "definitions", "indent"],
  ...["isImage", "isWhole", "pieces", "cells", "destination", "parent", "settled", "advance", "refresh", "emptyCells", "lastLine", "linkedTo"],
  ...["isAll", "isDoubtful", "isElsewhere", "lacksEntities", "piece", "rewind"],
  // announcements
  ...["interrupt", "passedChars", "schedule", "shownChars", "spokenChars"],
  // scrolling
  ...["awaitHistory", "fetchOlder", "holdQuestion", "isFollowing", "leaveEnd", "noteScrollAnchor", "toQuestion"],
  ...["toEnd", "updateRoom"],
  // the visitor's session and the conversation
  ...["bringsAlong", "checkVisitor", "endSession", "forgetSession", "isKnown", "isReconnecting", "isStopping"],
  ...[
    "catchUp",
    "firstByteMs",
    "generation",
    "goTo",
    "isAutomatic",
    "isDefaultConversation",
    "isOnline",
    "isOwn",
    "isRetry",
    "isSlow",
    "listChanged",
    "loadProfile",
    "noteOpen",
    "readTabState",
    "replaceVisitor",
    "shouldRetry",
    "signedOut",
    "silenceMs",
    "switchVisitor",
    "tabStates",
    "tabsName",
    "visitorChanged",
  ],
  // the panel
  ...[
    "closeList",
    "isListOpen",
    "reloadHistory",
    "reloadProfile",
    "isOverlay",
    "isPresented",
    "toggleList",
    "dismissed",
    "hasList",
    "place",
    "reloadPage",
    "withdraw",
    "choices",
    "noteAnswers",
  ],
] as const;
