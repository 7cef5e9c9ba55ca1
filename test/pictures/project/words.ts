// What the pictures' assistant says, in every language of the widget.

export const titles = {
  en: "Sillwatt help",
  de: "Sillwatt-Hilfe",
  fr: "Aide Sillwatt",
  es: "Ayuda de Sillwatt",
  pt: "Ajuda da Sillwatt",
  ar: "مساعدة سيلوات",
  he: "העזרה של Sillwatt",
  ja: "Sillwatt ヘルプ",
  zh: "Sillwatt 帮助",
};

export const taglines = {
  en: "Answers from 42 pages",
  de: "Antworten aus 42 Seiten",
  fr: "Réponses tirées de 42 pages",
  es: "Respuestas de 42 páginas",
  pt: "Respostas de 42 páginas",
  ar: "يجيب من 42 صفحة",
  he: "תשובות מתוך 42 דפים",
  ja: "42ページのガイドからお答えします",
  zh: "答案来自 42 篇指南",
};

export const welcomes = {
  en: "Hello! What would you like to know about your kit?",
  de: "Hallo! Was möchten Sie über Ihr Set wissen?",
  fr: "Bonjour ! Que voulez-vous savoir sur votre kit ?",
  es: "¡Hola! ¿Qué quieres saber sobre tu kit?",
  pt: "Olá! O que você quer saber sobre o seu kit?",
  ar: "مرحبًا! ماذا تريد أن تعرف عن مجموعتك؟",
  he: "שלום! מה תרצו לדעת על הערכה שלכם?",
  ja: "こんにちは。キットについて何でもお尋ねください。",
  zh: "你好！想了解套件的哪些方面？",
};

export const starters = {
  en: [
    "Which light on the Core means a fault?",
    "Does the battery pay for itself?",
    "How do I mount the panels on a railing?",
  ],
  de: [
    "Welches Licht am Core meldet eine Störung?",
    "Rechnet sich der Speicher?",
    "Wie befestige ich die Module am Geländer?",
  ],
  fr: [
    "Quel voyant du Core signale une panne ?",
    "La batterie est-elle rentable ?",
    "Comment fixer les panneaux au garde-corps ?",
  ],
  es: ["¿Qué luz del Core indica un fallo?", "¿Se amortiza la batería?", "¿Cómo monto los paneles en la barandilla?"],
  pt: ["Qual luz do Core indica uma falha?", "A bateria se paga?", "Como monto os painéis no guarda-corpo?"],
  ar: ["أي ضوء في وحدة Core يعني عطلًا؟", "هل تسترد البطارية ثمنها؟", "كيف أركّب الألواح على الدرابزين؟"],
  he: ["איזו נורה ב-Core מסמנת תקלה?", "האם הסוללה מחזירה את עצמה?", "איך מרכיבים את הפאנלים על המעקה?"],
  ja: ["Core のどのランプが故障ですか？", "蓄電池は元が取れますか？", "手すりへのパネルの取り付け方は？"],
  zh: ["Core 的哪种灯光表示故障？", "电池能回本吗？", "如何把面板装在栏杆上？"],
};
