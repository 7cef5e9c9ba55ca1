/** The methods of the element that are API. */
export const elementMethods = ["show", "hide", "toggle", "send", "stop", "newConversation", "reset"] as const;
