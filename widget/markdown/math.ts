export function renderFormula(_element: HTMLElement, _tex: string): void {}
