import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completeQuestion, leansOnConversation } from "../../../worker/context/complete-question.ts";

describe("questions that refer to what was said before", () => {
  for (const question of [
    "and the second one?",
    "What about shipping?",
    "How much does it cost?",
    "why",
    "Und das zweite?",
    "Was kostet das?",
    "Wie befestige ich es?",
    "Et la deuxième ?",
    "Combien coûte celle-ci ?",
    "¿Y cuánto cuesta eso?",
    "E quanto custa isso?",
    "E quello piccolo?",
    "وماذا عن الثاني؟",
    "كم سعر هذا؟",
    "それはいくらですか？",
    "那第二个呢？",
    "그건 얼마예요? 그것도 배송되나요?",
    "แล้วอันที่สองล่ะ",
  ]) {
    test(question, () => assert.ok(leansOnConversation(question)));
  }
});

describe("questions that say themselves what they are about", () => {
  for (const question of [
    "How long does shipping take?",
    "What does E21 mean?",
    "Wie lange dauert der Versand?",
    "Können Sie nach Österreich liefern?",
    "Was kostet das Duo im Set mit zwei Modulen?",
    "Quels sont les frais de livraison ?",
    "¿Cuánto tarda el envío a España?",
    "Qual é o prazo de entrega?",
    "ما هي تكلفة الشحن إلى مصر؟",
    "送料はいくらですか？",
    "送货需要多长时间？",
    "배송비는 얼마인가요?",
    "ค่าจัดส่งเท่าไหร่",
  ]) {
    test(question, () => assert.ok(!leansOnConversation(question)));
  }
});

test("a question is completed with the one before it, and further back while those refer to something as well", () => {
  const turns = ["How do I mount the Duo?", "And in winter?", "And on a wall?"].map((question) => ({
    question,
    answer: "…",
  }));
  assert.equal(completeQuestion("why?", turns), "How do I mount the Duo?\nAnd in winter?\nAnd on a wall?\nwhy?");
  assert.equal(completeQuestion("why?", turns.slice(0, 1)), "How do I mount the Duo?\nwhy?");
  assert.equal(completeQuestion("why?", []), undefined);
});
