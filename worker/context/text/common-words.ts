import { primarySubtag, termOfWord } from "./languages.ts";

/**
 * Words, besides the stop words, that are frequent in questions on any topic. A small collection may lack them and
 * still answer the question. Each list was written by hand.
 */
export const commonWords: Readonly<Record<string, string>> = {
  ar: `كبير كبيرة صغير صغيرة طويل طويلة قصير قصيرة ثقيل سريع بسرعة سهل صعب جديد قديم جيد أفضل أحسن مهم ممكن لازم كثير
    كثيرا قليل عادة دائما مدة طول حجم وزن تكلفة فرق طريقة شيء يعني يحدث يعمل يستغرق يكلف يدوم أحتاج أعرف أجد أفعل
    أستخدم أحصل تحتاج تعمل`,
  de: `alt arbeiten bedeuten bedeutet bekommen besser beste besten bleiben brauchen brauche braucht bringen dauern dauert
    denken einfach erste ersten finden finde findet funktionieren funktioniert geben gehen geht genau genug gleich groß
    große großen gut halten hält hoch klein kommen kommt kosten kostet kurz lang lange lassen leicht letzte letzten
    mache macht meist möglich nehmen neu nutzen oft passieren passiert richtig sagen schnell schwer sehen
    setzen stehen stellen teuer tun unterschied verwenden viele weit wenig wichtig wirklich wissen`,
  en: `actually bad best better big cheap come cost day different difference difficult easy enough exactly fast find
    first get give go good happen hard heavy help high important keep kind know large last leave like little long
    look lot low make many mean much need new next often old possible put quick quickly really right say see set
    short show small soon start stay still sure take tell thing think time try use want way work worth`,
  es: `antiguo barato bien bueno buena caro costar cuesta dar deber debo decir diferencia difícil dura durar encontrar
    encuentro fácil funciona funcionar grande hacer hago hace importante ir largo mal malo mejor necesitar necesito
    necesita nuevo nueva obtener pasa pasar pequeño pesado poner posible primero primera querer quiero rápido saber
    significa siempre suele tarda tardar tiempo tomar último última usar uso ver viejo veces vez`,
  fr: `ancien ancienne bien bon bonne cher coûte coûter court demander dernier dernière devoir dois différence difficile
    dire donner dure durer facile fonctionne fonctionner grand grande gros important long longue longtemps lourd
    mauvais meilleur mettre mieux nouveau nouvelle obtenir passe passer petit petite possible premier première prendre
    rapide savoir signifie souvent temps trouver trouve utiliser utilise vieux vite voir vouloir veux besoin chose fois`,
  it: `bene buono buona breve capire caro costa costare dare devo difficile differenza dire durare dura facile fare
    faccio funziona funzionare grande importante lungo lunga meglio migliore nuovo nuova ottenere pesante piccolo
    possibile prendere primo prima sapere serve significa spesso succede tempo trovare trovo ultimo usare uso vecchio
    vedere veloce volere voglio volta volte`,
  nl: `beste beter betekent betekenen blijven brengen denken doe doet duren duurt duur eerste gaan gaat gebeurt gebruiken
    gebruik gebruikt geven goed goede goedkoop groot grote houden kleine klein komen komt kort kost kosten krijgen krijg
    laatste lang lange maken maak makkelijk moeilijk mogelijk nemen nieuw nieuwe nodig oud oude snel staan tijd vaak
    verschil vinden vind vindt werken werkt weten weet zien zeggen zwaar`,
  pt: `antigo barato bem bom boa caro conseguir custa custar dar devo diferença difícil dizer durar dura encontrar
    encontro fácil faço fazer faz funciona funcionar grande importante ir levar leva longo melhor novo nova obter passar
    pequeno pesado possível precisar preciso precisa primeiro primeira querer quero rápido saber significa sempre
    tempo tomar último usar uso velho ver vez vezes`,
};

const loaded = new Map<string, ReadonlySet<string>>();

/**
 * Whether a term is made from a word that says little about what is asked.
 * @param language a BCP 47 tag. A language without a list has no common words
 */
export function isCommonWord(term: string, language: string): boolean {
  const subtag = primarySubtag(language);
  const known = loaded.get(subtag) ?? termsOf(commonWords[subtag] ?? "", subtag);
  loaded.set(subtag, known);
  return known.has(term);
}

function termsOf(list: string, language: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).flatMap((word) => termOfWord(word, language) ?? []));
}
