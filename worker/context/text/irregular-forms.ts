/**
 * Irregular forms, which no stemmer reduces to their base form. Each language has entries of the form `base: forms`,
 * separated by semicolons. Only common everyday words are listed, since every line is loaded with the worker. German
 * verbs are listed without their prefixes, which `german.ts` handles.
 */
const lists: Readonly<Record<string, string>> = {
  ar: `كتاب: كتب; مدرسة: مدارس; رسم: رسوم; طلب: طلبات; مكتب: مكاتب; موعد: مواعيد; طفل: أطفال; شهر: أشهر شهور; يوم:
    أيام; سعر: أسعار; عنوان: عناوين; وثيقة: وثائق; بطاقة: بطاقات بطائق; حساب: حسابات; رقم: أرقام; شارع: شوارع; مركز:
    مراكز; ملف: ملفات; صورة: صور; طريق: طرق; حديقة: حدائق; فاتورة: فواتير; قانون: قوانين; شرط: شروط; حق: حقوق; خطأ:
    أخطاء; جهاز: أجهزة; دواء: أدوية; مرض: أمراض; طبيب: أطباء; عامل: عمال; تاجر: تجار; زائر: زوار; طالب: طلاب طلبة;
    موظف: موظفون; بيت: بيوت; باب: أبواب; غرفة: غرف; مسجد: مساجد; مطعم: مطاعم; ملعب: ملاعب; مسبح: مسابح; متحف: متاحف;
    موقف: مواقف; قسط: أقساط; مبلغ: مبالغ; سبب: أسباب; شركة: شركات; كلب: كلاب; قط: قطط; حيوان: حيوانات; شجرة: أشجار
    شجر; نفاية: نفايات; يدفع: دفع تدفع أدفع ندفع ادفع; قرض: قروض; عقد: عقود; ضريبة: ضرائب; جواز: جوازات; منزل:
    منازل; مشروع: مشاريع; سوق: أسواق; درس: دروس; دورة: دورات; شهادة: شهادات; لغة: لغات; مرفق: مرافق; خط: خطوط;
    نافذة: نوافذ شبابيك; هاتف: هواتف; رصيف: أرصفة; عضو: أعضاء; قاعة: قاعات; حفلة: حفلات; سيارة: سيارات; مفتاح:
    مفاتيح; قديم: قدماء; كبير: كبار; صغير: صغار; زوج: أزواج; مطار: مطارات; راكب: ركاب; تذكرة: تذاكر; حافلة: حافلات;
    دراجة: دراجات; لوحة: لوحات; ساعة: ساعات; وقت: أوقات; مال: أموال; منتج: منتجات; عميل: عملاء; بضاعة: بضائع; هدية:
    هدايا; فرع: فروع; قسيمة: قسائم; حاوية: حاويات; مخزن: مخازن; عطلة: عطل`,
  da: `gå: gik; få: fik; tage: tog; give: gav; se: så; skrive: skrev; barn: børn; bog: bøger; mand: mænd; fod:
    fødder; by: byer; betale: betalt betalte; vælge: valgte valgt; sælge: solgte solgt; købe: købte købt; nat:
    nætter; hånd: hænder; tand: tænder`,
  de: `gehen: ging gegangen; geben: gab gegeben; nehmen: nimmt nimm nahm genommen; fahren: fährt fuhr gefahren;
    laufen: läuft lief gelaufen; halten: hält hielt gehalten; lassen: lässt ließ gelassen; tragen: trägt trug
    getragen; sprechen: spricht sprach gesprochen; helfen: hilft half geholfen; treffen: trifft traf getroffen;
    gelten: gilt galt; werfen: wirft warf geworfen; sehen: sieht sah gesehen; lesen: liest las gelesen; essen: isst
    aß gegessen; lieren: lor loren; ginnen: gann gonnen; kommen: kam gekommen; bieten: bot geboten; scheiden: schied
    geschieden schieden; schließen: schloss geschlossen; ziehen: zog gezogen; bringen: brachte bracht gebracht;
    denken: dachte gedacht; finden: fand gefunden funden; stehen: stand gestanden standen; schreiben: schrieb
    geschrieben schrieben; bleiben: blieb geblieben; steigen: stieg gestiegen; fallen: fällt fiel; rufen: rief
    gerufen; kennen: kannte gekannt; brennen: brannte gebrannt; brechen: bricht brach gebrochen; sterben: stirbt
    starb gestorben; stehlen: stiehlt stahl gestohlen; schwimmen: schwamm geschwommen; trinken: trank getrunken;
    waschen: wäscht wusch gewaschen; wachsen: wächst wuchs gewachsen; leihen: lieh geliehen; weisen: wies gewiesen
    wiesen; senden: sandte gesandt; wenden: wandte gewandt; binden: gebunden; schneiden: schnitt geschnitten;
    greifen: griff gegriffen; heben: hob gehoben; liegen: lag gelegen; sitzen: saß gesessen; wissen: wusste gewusst;
    gessen: gisst gaß; laden: lädt lud geladen; raten: rät riet geraten; stoßen: stößt stieß gestoßen; treten: tritt
    trat getreten; fressen: frisst fraß gefressen; messen: misst maß gemessen; reißen: riss gerissen; schieben:
    schob geschoben schoben; frieren: fror gefroren froren; fliegen: flog geflogen; gießen: goss gegossen; beißen:
    biss gebissen; zahlen: gezahlt; bauen: gebaut; machen: gemacht; mieten: gemietet; kaufen: gekauft; sagen:
    gesagt; legen: gelegt; stellen: gestellt; spielen: gespielt; suchen: gesucht; löschen: gelöscht; ändern:
    geändert; öffnen: geöffnet; prüfen: geprüft; liefern: geliefert; kündigen: gekündigt; buchen: gebucht; melden:
    gemeldet; sperren: gesperrt; impfen: geimpft; heiraten: geheiratet; parken: geparkt; schicken: geschickt; holen:
    geholt; fördern: gefördert; heizen: geheizt; speichern: gespeichert; kosten: gekostet; dauern: gedauert;
    reinigen: gereinigt; nutzen: genutzt; tauschen: getauscht; brauchen: gebraucht; planen: geplant; lernen:
    gelernt; füllen: gefüllt`,
  en: `go: went gone goes; buy: bought; pay: paid; send: sent; lose: lost; find: found; keep: kept; build: built;
    choose: chose chosen; break: broke broken; write: wrote written; take: took taken; give: gave given; get: got
    gotten; bring: brought; speak: spoke spoken; steal: stole stolen; drive: drove driven; forget: forgot forgotten;
    sell: sold; tell: told; say: said; hold: held; make: made; mean: meant; meet: met; see: saw seen; leave: left;
    begin: began begun; know: knew known; grow: grew grown; throw: threw thrown; fall: fell fallen; eat: ate eaten;
    ride: rode ridden; run: ran; stand: stood; teach: taught; think: thought; win: won; wear: wore worn; withdraw:
    withdrew withdrawn; freeze: froze frozen; catch: caught; lend: lent; spend: spent; sleep: slept; stick: stuck;
    swim: swam swum; understand: understood; become: became; draw: drew drawn; fly: flew flown; hide: hid hidden;
    rise: risen; show: shown; sit: sat; bite: bitten; feed: fed; hear: heard; lead: led; child: children; man: men;
    woman: women; person: people; mouse: mice; foot: feet; tooth: teeth; goose: geese; knife: knives; shelf:
    shelves; wife: wives; half: halves; loaf: loaves; criterion: criteria; analysis: analyses; index: indices;
    vertex: vertices; axis: axes; phenomenon: phenomena; bad: worse worst`,
  es: `ir: voy vas va vamos van fui; hacer: hago hizo hecho hice; decir: digo dijo dicho; poner: pongo puso puesto;
    pagar: pagué; abrir: abierto; cerrar: cierra cierro cierran; escribir: escrito; romper: roto; volver: vuelve
    vuelto vuelvo; perder: pierde pierdo; pedir: pide pido pidió; tener: tuvo tuve; venir: viene; empezar: empieza;
    encontrar: encuentra encuentro; mover: mueve; dormir: duerme; elegir: elige elijo; seguir: sigue sigo; conocer:
    conozco`,
  fr: `œil: yeux; aller: vais vont allé ira irai; faire: fais font ferai fera; pouvoir: peux peuvent pourra pu;
    vouloir: veux veut voulu; devoir: dois doit doivent dû; venir: vient viennent venu viens; tenir: tient tiennent
    tenu; prendre: prend prennent pris prends; mettre: met mets mettent mis; voir: vois voit vu; recevoir: reçois
    reçoit reçu reçoivent; lire: lu lisent; écrire: écris écrit écrivent; dire: dis dit disent; offrir: offre
    offert; ouvrir: ouvre ouvert; savoir: sais sait su; naître: né née; mourir: mort meurt; perdre: perd perdu
    perds; vendre: vend vendu vends; rendre: rend rendu rends; boire: boit bu; courir: couru; acquérir: acquis;
    inscrire: inscrit inscris inscrivent; vivre: vit vécu; payer: paie paye paient payent; envoyer: envoie envoient
    enverrai; nettoyer: nettoie; essayer: essaie; appeler: appelle; jeter: jette jettent; acheter: achète achètent;
    ciel: cieux; travail: travaux; cheval: chevaux; journal: journaux; animal: animaux; local: locaux; vieux: vieil
    vieille vieilles; beau: bel belle belles; nouveau: nouvel nouvelle nouvelles; blanc: blanche; permettre: permet
    permis; conduire: conduit; construire: construit; détruire: détruit; résoudre: résolu; éteindre: éteint éteinte;
    surprendre: surprend surpris; apprendre: apprend appris; comprendre: comprend compris; remettre: remet remis;
    promettre: promet promis; transmettre: transmet transmis; obtenir: obtient obtenu obtiens; revenir: revient
    revenu; devenir: devient devenu; couvrir: couvre couvert; souscrire: souscrit; attendre: attend attendu;
    répondre: répond répondu`,
  it: `andare: vado va vanno andato; fare: faccio fatto fanno; prendere: preso; mettere: messo; aprire: aperto apre;
    chiudere: chiuso; scrivere: scritto; perdere: perso; chiedere: chiesto; rimanere: rimasto; leggere: letto;
    spendere: speso; uovo: uova; uomo: uomini; rompere: rotto; scegliere: scelto scelgo; uscire: esce esco; venire:
    viene vengo; tenere: tiene tengo`,
  nl: `gaan: ging gegaan; geven: gaf gegeven geeft; nemen: nam genomen neemt; betalen: betaald betaalt; kopen: kocht
    gekocht koopt; brengen: bracht gebracht; denken: dacht gedacht; vinden: vond gevonden; schrijven: schreef
    geschreven schrijft; komen: kwam; krijgen: kreeg gekregen krijgt; kiezen: koos gekozen kiest; verliezen: verloor
    verloren verliest; kind: kinderen; stad: steden; schip: schepen; ei: eieren; zien: zag gezien ziet; lezen: las
    gelezen leest; rijden: reed gereden; sluiten: sloot gesloten`,
  no: `gå: gikk gått; få: fikk fått; ta: tok tatt; gi: ga gitt; se: så sett; skrive: skrev skrevet; barn: barna;
    bok: bøker; mann: menn; fot: føtter; velge: valgte valgt; selge: solgte solgt; hånd: hender; tann: tenner; natt:
    netter; bytte: byttet`,
  pt: `ir: vou vai vão fui; fazer: faço fez feito; dizer: digo disse dito; pôr: ponho pôs posto; abrir: aberto;
    escrever: escrito; perder: perco; pedir: peço pede; ver: vejo viu visto; trazer: trago trouxe; ganhar: ganho;
    pagar: pago paguei; ter: tive teve`,
  sv: `gå: gick gått; få: fick fått; ta: tog tagit; ge: gav gett ger; se: såg sett; skriva: skrev skrivit; bok:
    böcker; man: män; fot: fötter; välja: valde valt; sälja: sålde sålt; hand: händer; tand: tänder; natt: nätter;
    stad: städer; son: söner`,
};

/**
 * @param language as the lists name it
 * @param normalizeWord brings a word into the form in which words are looked up
 * @returns the base form of each irregular form
 */
export function irregularForms(language: string, normalizeWord: (word: string) => string): ReadonlyMap<string, string> {
  const bases = new Map<string, string>();
  for (const line of (lists[language] ?? "").split(";")) {
    const [base, forms] = line.split(":");
    if (!base || !forms) continue;
    for (const form of forms.trim().split(/\s+/u)) bases.set(normalizeWord(form), normalizeWord(base.trim()));
  }
  return bases;
}
