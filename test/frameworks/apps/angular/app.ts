import { Component, CUSTOM_ELEMENTS_SCHEMA, signal, viewChild, type ElementRef } from "@angular/core";
import "rivulet-chat/define";
import type { RivuletChat, RivuletEvent } from "rivulet-chat";
import { first, none, second } from "../settings.ts";

@Component({
  selector: "#app",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button (click)="isOpen.set(true)">open</button>
    <button (click)="isOpen.set(false)">close</button>
    <button (click)="settings.set(second)">second</button>
    <button (click)="settings.set(none)">none</button>
    <button (click)="chat().nativeElement.newConversation()">new</button>
    <output>{{ events().join(" ") }}</output>
    <rivulet-chat
      #element
      [endpoint]="settings().endpoint"
      [assistant]="settings().assistant"
      [mode]="settings().mode"
      [theme]="settings().theme"
      [lang]="settings().lang"
      [announce]="settings().announce"
      [bringAlong]="settings().bringAlong"
      [side]="settings().side"
      [insetInline]="settings().insetInline"
      [insetBlock]="settings().insetBlock"
      [layer]="settings().layer"
      [accentColor]="settings().accentColor"
      [avatar]="settings().avatar"
      [strings]="settings().strings"
      [getUserToken]="settings().getUserToken"
      [pageContext]="settings().pageContext"
      [getPageContext]="settings().getPageContext"
      [open]="isOpen()"
      (rivulet-ready)="note($event)"
      (rivulet-open)="noteOpen($event)"
      (rivulet-close)="noteOpen($event)"
      (rivulet-send)="noteText($event)"
      (rivulet-delta)="note($event)"
      (rivulet-response)="note($event)"
      (rivulet-error)="note($event)"
      (rivulet-stop)="note($event)"
      (rivulet-feedback)="note($event)"
      (rivulet-conversation-change)="note($event)"
      (rivulet-navigate)="note($event)"
    ></rivulet-chat>
  `,
})
export class App {
  readonly settings = signal(first);
  readonly isOpen = signal(false);
  readonly events = signal<string[]>([]);
  readonly chat = viewChild.required<ElementRef<RivuletChat>>("element");
  readonly second = second;
  readonly none = none;

  note({ type }: Event): void {
    this.events.update((before) => [...before, type]);
  }

  noteText(event: RivuletEvent<"rivulet-send">): void {
    this.note(event);
    document.title = event.detail.text;
  }

  noteOpen(event: Event): void {
    this.note(event);
    this.isOpen.set(event.type === "rivulet-open");
  }
}
