// Compiles only if each of these mistakes is reported.
import "rivulet-chat/react";

export const mistakes = [
  // @ts-expect-error there is no such mode
  <rivulet-chat mode="window" />,
  // @ts-expect-error a side is start or end
  <rivulet-chat side="left" />,
  // @ts-expect-error there is no such property
  <rivulet-chat isOpen />,
  // @ts-expect-error a token is a string
  <rivulet-chat getUserToken={async () => 5} />,
  // @ts-expect-error this event has no text
  <rivulet-chat onrivulet-stop={({ detail }) => detail.text} />,
];
