import { noChange } from "lit/html.js";
import { Directive, directive } from "lit/directive.js";
import type { DirectiveResult, ElementPart } from "lit/directive.js";

/** Makes a directive that passes its element, then its values, to `call` at each update: `<p ${made(value)}></p>`. */
export function onElement<Values extends unknown[]>(
  call: (element: Element, ...values: Values) => void,
): (...values: Values) => DirectiveResult {
  return directive(
    class extends Directive {
      render(..._values: Values): typeof noChange {
        return noChange;
      }

      override update({ element }: ElementPart, values: Values): typeof noChange {
        call(element, ...values);
        return noChange;
      }
    },
  );
}
