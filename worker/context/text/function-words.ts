/**
 * Function words of languages that do not put spaces between words, as far as they can be told apart without a
 * dictionary. Text is split at these words. If the characters of a word are also part of content words, its entry is
 * the source of a regular expression.
 */
export const functionWords = {
  zh: pattern(`怎么办 怎么样 怎么 怎样 为什么 什么时候 什么 如何 请问 可以 是否 多少 多久 哪里 哪些 哪个 哪儿 我们 你们 他们 她们 您的
    我的 你的 以及 或者 如果 因为 所以 但是 并且 不会 不能 应该 需要 这个 那个 这些 那些 一个 有没有 能不能 可不可以 要不要 是不是
    会不会 吗 呢 吧 啊 您 (?<!目)的(?!士|确) 了(?!解|结) (?<!存|现)在 从 被 把(?!手) (?<!温|共|总)和 与(?!会)(?<!参与)`),
  ja: pattern(`ください でしょうか でしょう できますか できません できます できる できない ませんか ません ましたか ました まして ますか
    ます ですか です という どうすれば どうしたら どのように どうやって どこで どこに どこ いくら いつまで いつから いつ どんな どの
    どれ どう なに なぜ それ これ その この もの こと とき ところ ために ため から まで からの までの には では とは への での ように
    ような よう など また および または について における において によって により として されます された されて される され
    られます られた られて られる られ れる れた れて する したい したら した して しない しなく なる なった なって なり ない
    なければ なく なら ある あり あった あって いる いただき いただく いただけ いた いれば おり たい たら れば ければ けれ だけ ほど
    くらい ぐらい ごろ よい いい いけ てい てお てか ても だと だった だって しまう しまい しまった しまって もらう もらい もらえ
    [をはがへ](?![きけさすぬね])`),
  th: pattern(`อย่างไร ยังไง เท่าไหร่ เท่าไร อะไร ที่ไหน เมื่อไหร่ เมื่อไร เมื่อใด ทำไม หรือไม่ หรือเปล่า ได้ไหม
    ได้มั้ย ไหม(?=$) ครับ ค่ะ และ หรือ ของ สำหรับ จะต้อง ต้อง กรุณา โปรด สามารถ เพื่อ เพราะ ซึ่ง แต่ ถ้า หาก แล้ว
    ด้วย จึง กับ(?!ดัก) เป็น ได้ ให้ จะ อยู่ ไม่ มี(?!ด) (?<!หน้า|สถาน|พื้น)ที่(?!ดิน|พัก|จอด|อยู่|นั่ง|ทำการ|นี่)
    [ๆฯ]`),
  /** Korean does put spaces between words, but attaches particles and endings to the word before them. */
  ko: pattern(`(?<=.)(?:습니다|습니까|합니다|합니까|입니다|입니까|하나요|인가요|은가요|나요|까요|세요|어요|아요|해요|하는|하고|하면|하려면|해야)$
    (?<=.)(?:에서는|에서|으로|까지|부터|에게|께서|이나|[은는이가을를의에도로와과만])$
    ^(?:어떻게|무엇|언제|어디|얼마나?|왜|그리고|또는|있|없|수|것|등|및|때|[은는이가을를의에도로와과만])$`),
};

/** Longer words are tried first, so that the rest of a long one is not taken for a content word. */
function pattern(list: string): RegExp {
  const words = list.normalize("NFKC").trim().split(/\s+/u);
  return new RegExp(words.toSorted((one, other) => other.length - one.length).join("|"), "gu");
}
