import "rivulet-chat/react";
import type { RivuletChat, RivuletEvent } from "rivulet-chat";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { first, none, second } from "../settings.ts";

function App() {
  const [settings, change] = useState(first);
  const [isOpen, setOpen] = useState(false);
  const [events, setEvents] = useState<string[]>([]);
  const chat = useRef<RivuletChat>(null);
  const note = ({ type }: Event) => setEvents((before) => [...before, type]);
  const noteText = (event: RivuletEvent<"rivulet-send">) => {
    note(event);
    document.title = event.detail.text;
  };
  return (
    <>
      <button onClick={() => setOpen(true)}>open</button>
      <button onClick={() => setOpen(false)}>close</button>
      <button onClick={() => change(second)}>second</button>
      <button onClick={() => change(none)}>none</button>
      <button onClick={() => chat.current?.newConversation()}>new</button>
      <output>{events.join(" ")}</output>
      <rivulet-chat
        ref={chat}
        endpoint={settings.endpoint}
        assistant={settings.assistant}
        mode={settings.mode}
        theme={settings.theme}
        lang={settings.lang}
        announce={settings.announce}
        bringAlong={settings.bringAlong}
        side={settings.side}
        insetInline={settings.insetInline}
        insetBlock={settings.insetBlock}
        layer={settings.layer}
        accentColor={settings.accentColor}
        avatar={settings.avatar}
        strings={settings.strings}
        getUserToken={settings.getUserToken}
        pageContext={settings.pageContext}
        getPageContext={settings.getPageContext}
        open={isOpen}
        onrivulet-ready={note}
        onrivulet-open={(event) => {
          note(event);
          setOpen(true);
        }}
        onrivulet-close={(event) => {
          note(event);
          setOpen(false);
        }}
        onrivulet-send={noteText}
        onrivulet-delta={note}
        onrivulet-response={note}
        onrivulet-error={note}
        onrivulet-stop={note}
        onrivulet-feedback={note}
        onrivulet-conversation-change={note}
        onrivulet-navigate={note}
      />
    </>
  );
}

const place = document.querySelector("#app");
if (place) createRoot(place).render(<App />);
