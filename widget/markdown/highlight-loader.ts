export function colourCode(_code: HTMLElement, _language: string, _isFinal: boolean): void {}
