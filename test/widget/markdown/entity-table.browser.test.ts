import { expect } from "chai";
import { readEntities } from "../../../widget/markdown/entity-table.ts";

describe("the table of entities", () => {
  it("has all names of the HTML standard that end with a semicolon, each as this browser reads it", () => {
    const entities = readEntities();
    const decode = (name: string) => new DOMParser().parseFromString(`<p>&${name};</p>`, "text/html").body.textContent;
    const wrong = [...entities].filter(([name, char]) => decode(name) !== char);
    expect(entities.size).to.equal(2125);
    expect(wrong).to.deep.equal([]);
  });
});
