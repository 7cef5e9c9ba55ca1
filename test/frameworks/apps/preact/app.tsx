// Preact is only type-checked.
import "rivulet-chat/preact";
import { first } from "../settings.ts";

export const chat = (
  <rivulet-chat
    {...first}
    open
    onrivulet-send={({ detail }) => (document.title = detail.text)}
    ref={(element) => void element?.newConversation()}
  />
);

export const mistakes = [
  // @ts-expect-error there is no such mode
  <rivulet-chat mode="window" />,
  // @ts-expect-error a side is start or end
  <rivulet-chat side="left" />,
  // @ts-expect-error there is no such property
  <rivulet-chat isOpen />,
  // @ts-expect-error this event has no text
  <rivulet-chat onrivulet-stop={({ detail }) => detail.text} />,
];
