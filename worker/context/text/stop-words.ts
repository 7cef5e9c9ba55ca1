/**
 * Function words by language: they are in nearly every passage and say nothing about its topic. They also tell
 * languages apart. Each list was written by hand: articles, pronouns, prepositions, conjunctions, auxiliary verbs,
 * question words.
 */
export const stopWords: Readonly<Record<string, string>> = {
  ar: `في من على إلى عن مع هذا هذه ذلك تلك الذي التي الذين هو هي هم هما نحن أنا أنت أنتم كان كانت يكون تكون ليس ليست
    ما ماذا متى أين كيف لماذا هل كم أي أية لا لم لن قد لقد أو أم ثم بل لكن و ف ب ل ك إن أن إذا إذ كل بعض غير بين عند
    عندما بعد قبل حتى منذ خلال حول دون إلا أيضا كما حيث لدى لدي لديك لي لك له لها لهم لنا به بها بهم فيه فيها منه
    منها عليه عليها إليه إليها عنه عنها يمكن يمكنني يمكنك يجب هناك هنا ولا ولم وفي ومن وهو وهي مثل أكثر أجل أنه أنها
    ذات سوف أريد وكيف وما فما بما مما وعلى فإن وإن وإذا وأن لأن بأن`,
  da: `af alle alt at blev blive bliver da de dem den der deres det dette dig din dine disse dit dog du efter eller
    en end er et for fra før ham han hans har havde have hele hende her hos hun hvad hvem hver hvilke hvilken hvis
    hvor hvordan hvorfor hvornår i ikke ind jeg jer jeres kan kun kunne man mange med meget men mens mig min mine
    mit må ned nogen noget nogle nu når og også om op os over på selv sig sin sine sit skal skulle som sådan til ud
    under var ved vi vil ville vor vores være`,
  de: `aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da
    dabei damit dann das dass daß dein deine dem den denn der deren des dessen die dies diese diesem diesen dieser
    dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer eure für gegen hab habe
    haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem
    jeden jeder jedes kann kannst kein keine keinen können könnte machen man mehr mein meine meinem meinen meiner
    mich mir mit muss musst müssen nach nicht nichts noch nun nur ob oder ohne sein seine seinem seinen seiner seit
    sich sie sind so soll sollte sondern sonst sowie über um und uns unser unsere unter viel vom von vor wann war
    waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie wieder will wir
    wird wo woher wohin wurde wurden während zu zum zur zwischen bitte gibt darf dürfen möchte wofür womit worauf`,
  en: `a about after again all also am an and any are aren't as at be because been before being below between both
    but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from
    further had has hasn't have haven't having he he's her here hers him his how how's i i'd i'll i'm i've if in
    into is isn't it it's its itself just let's me more most my myself no nor not of off on once only or other our
    ours out over own same she she's should shouldn't so some such than that that's the their theirs them then there
    there's these they they're this those through to too under until up us very was wasn't we we'll we're we've were
    weren't what what's when where where's which while who whom whose why will with won't would wouldn't you you'd
    you'll you're you've your yours please may might must shall`,
  es: `a al algo algún alguna algunas alguno algunos ante antes aquel aquella así aún aunque cada como cómo con
    contra cual cuál cuáles cuando cuándo cuánto cuánta cuántos cuántas de del desde donde dónde durante e el él
    ella ellas ellos en entre era es esa esas ese eso esos esta está están estas este esto estos estoy fue ha había
    han hasta hay he la las le les lo los más me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra
    otro otros para pero poco por porque puede puedo pueden que qué quién quien se sea ser si sí sido sin sobre son
    soy su sus también tanto te tengo tiene tienen todo todos tu tus tú u un una unas uno unos usted ustedes y ya yo`,
  fi: `ei eivät ella että hän hänen he heidän ja jo joka jos jossa jotka jota kai kanssa kuin kuinka kun kuka me
    meidän mikä milloin millainen miksi minä minun minulla mitä mistä missä mihin miten mutta myös ne niin niiden
    nyt näin nämä olen olet oli ole olla olemme olevat on ovat paljonko se sen siellä siinä sinä sinun sitten sitä
    tai tällä tämä tämän tässä te tekee teidän voi voiko voin vain vielä`,
  fr: `a à afin ai ainsi alors après as au aucun aucune aujourd'hui auquel aussi autre autres aux avec avez avoir
    avons car ce ceci cela celle celles celui ces cet cette ceux chaque chez combien comme comment d dans de depuis
    des dès donc dont du elle elles en encore entre es est est-ce et étaient était être eu eux faut faire fait
    furent il ils j je l la là laquelle le lequel les lesquels leur leurs lors lorsque lui m ma mais me même mes moi
    mon n ne ni nos notre nous on ont ou où par parce pas pendant peut peux plus pour pourquoi puis puis-je qu quand
    que quel quelle quelles quels qui quoi s sa sans se sera ses si sinon soit son sont sous sur t ta te tes toi ton
    tous tout toute toutes très tu un une va vers voici vos votre vous y`,
  hu: `a abban ahhoz ahogy ahol aki akik akkor alatt által amely amelyek amelyet amíg amikor ami ami az azok azon
    azt azután be belül benne csak de e ebben egy egyes egyéb egyik el ennek én ezek ez ezen ezt ezzel fel felé ha
    hanem hányat hány hogy hogyan hol hova igen illetve is itt jó kell ki kinek le legyen lehet lesz ma már még meg
    mely mennyi mennyibe mert mi miért mikor mint minden mit most nagyon ne nem nincs olyan ott ő ők össze pedig s
    saját sem semmi sok számára szerint te ti több úgy után utolsó vagy vagyok van vannak volt voltak`,
  it: `a ad agli ai al alla alle allo anche avere c che chi ci ciò come con cosa cui d da dagli dai dal dalla dalle
    dallo degli dei del della delle dello dentro di dopo dove e è ed era essere fino fra gli ha hai hanno ho i il in
    io l la le lei li lo loro lui ma me mi mia mie miei mio molto ne negli nei nel nella nelle nello no noi non
    nostra nostro o ogni per perché però più poi posso può qual quale quali quando quanta quanto quanti quella
    quelle quelli quello questa queste questi questo qui se sei senza si sia siamo sono sta su sua sue sugli sui sul
    sulla sulle suo suoi te ti tra tu tua tuo tutti tutto un una uno vi voi vostra vostro`,
  nl: `aan al alle als altijd ander andere ben bij daar dan dat de deze die dit doch doen door dus een eens en er ge
    geen had heb hebben heeft hem het hier hij hoe hoeveel hun iets ik in is ja je jij jouw jullie kan kunnen kunt
    maar me meer men met mij mijn moet moeten mogen na naar niet niets nog nu of om omdat onder ons onze ook op over
    reeds te tegen toch toen tot u uit uw van veel voor waar waarom wanneer want waren was wat we wel welke werd wie
    wij wil worden wordt zal ze zelf zich zij zijn zo zonder zou`,
  no: `alle at av blei bli blir ble både da de deg dei dem den denne der deres det dette di din disse ditt du eg ein
    eller en enn er et etter for fordi fra før ha hadde han hans har hennes her hos hun hva hvem hver hvilke hvilken
    hvis hvor hvordan hvorfor i ikke inn jeg kan kunne man mange med meg meget men mens mer min mitt mot må ned noe
    noen nå når og også om opp oss over på sa seg selv sin sitt skal skulle slik som så til ut under var ved vi vil
    ville vår være vært`,
  pt: `a à ao aos às até com como da das de dela dele deles depois do dos e é ela elas ele eles em entre era essa
    essas esse esses esta está estão estas este estes eu foi for foram há isso isto já lhe lhes mais mas me mesmo
    meu meus minha minhas muito na não nas nem no nos nós nossa nosso num numa o onde os ou para pela pelas pelo
    pelos pode posso por porque qual quais quando quanto quantos que quem se sem ser será seu seus só sua suas
    também te tem têm tenho ter teu tua um uma umas uns você vocês vos`,
  ro: `a acea aceasta această aceea acel acest aceste acestea acești ai al ale alt alte am ar are aș asta astfel
    atât atunci au avea avem ca că cât când care ce cea cei cel cele cine cînd cu cum cât câte câți da dacă dar de
    deci decât deja deși despre din după e ea ei el ele este eu fi fie fără fost i iar în încă îi îl îmi între își
    la le li lor lui mai mea mei meu mi mult ne nici nimic noi nostru nu o ori pe pentru peste poate pot prea prin
    sa să se sau și spre sunt sub te toate tot toți tu un una unde unei unor unui va vă voi vor`,
  ru: `а без бы был была были было быть в вам вас во вот все всё всего вы где да для до его ее её если есть еще ещё
    же за здесь и из или им их к как какая какие какой ко когда кто куда ли либо между меня мне может можно мой моя
    мы на над надо нам нас не него нее нет ни них но ну нужно о об один он она они от очень по под после почему при
    про с сам себя со сколько так также такой там те тем то тогда того тоже только том тот ты у уже хотя чего чем
    через что чтобы чья эта эти это этого этой этом этот я`,
  sv: `alla allt att av bli blir blev både då de dem den denna deras dess det detta dig din dina ditt du där efter
    ej eller en er ert ett från för före ha hade han hans har henne hennes hos hon honom hur här i icke ingen inom
    inte jag ju kan kunde man med mellan men mig min mina mitt mot mycket måste ni nu när någon något några och om
    oss på samma sedan sig sin sina sitt ska skulle som så sådan till under upp ut utan vad var varför varje vars
    vart vem vi vid vilka vilken vill vår våra vårt än är åt över`,
  tr: `acaba ama ancak ben bana bazı belki ben beni benim bir biri birkaç biz bize bizim bu buna bunda bundan bunlar
    bunu bunun böyle çok çünkü da daha de değil defa diye en gibi hangi hem hep hepsi her hiç için ile ise kadar kez
    ki kim kime mı mi mu mü nasıl ne neden nedir nerede nereye niçin niye o olan olarak olduğu olur onlar onu onun
    sen siz sizin sonra şey şu tüm var ve veya ya yani yok`,
};
