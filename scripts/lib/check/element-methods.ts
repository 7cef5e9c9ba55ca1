/** The public methods of the element. */
export const elementMethods = ["show", "hide", "toggle", "send", "stop", "newConversation", "reset"] as const;
