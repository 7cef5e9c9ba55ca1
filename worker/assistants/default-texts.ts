import type { Localized } from "./localized.ts";

/** The greeting in an empty chat, unless the operator writes another one. */
export const defaultWelcome: Localized = {
  en: "Hello! How can I help?",
  ar: "مرحبًا! كيف يمكنني المساعدة؟",
  de: "Hallo! Wie kann ich helfen?",
  es: "¡Hola! ¿En qué puedo ayudarte?",
  fr: "Bonjour\u00a0! Comment puis-je vous aider\u00a0?",
  he: "שלום! איך אפשר לעזור?",
  ja: "こんにちは。どのようなご用件でしょうか？",
  "pt-BR": "Olá! Como posso ajudar?",
  zh: "您好！有什么可以帮您？",
};

/** What visitors read before their first message, unless the operator writes another text. */
export const defaultDisclosure: Localized = {
  en: "You are chatting with an AI assistant. AI can make mistakes. Check important info.",
  ar: "أنت تتحدث مع مساعد يعمل بالذكاء الاصطناعي. قد يخطئ الذكاء الاصطناعي، لذا تحقق من المعلومات المهمة.",
  de: "Sie chatten mit einem KI-Assistenten. KI kann Fehler machen. Prüfen Sie wichtige Informationen.",
  es: "Estás chateando con un asistente de IA. La IA puede cometer errores. Verifica la información importante.",
  fr: "Vous discutez avec un assistant IA. L’IA peut faire des erreurs. Vérifiez les informations importantes.",
  he: "זו שיחה עם עוזר מבוסס בינה מלאכותית. בינה מלאכותית עלולה לטעות. כדאי לבדוק מידע חשוב.",
  ja: "AIアシスタントとのチャットです。AIの回答は間違っている場合があります。重要な情報は確認してください。",
  "pt-BR": "Você está conversando com um assistente de IA. A IA pode cometer erros. Confira informações importantes.",
  zh: "您正在与 AI 助手对话。AI 可能会出错，请核对重要信息。",
};
