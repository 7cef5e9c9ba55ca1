/** Something that the stand-in can talk about. */
export interface Topic {
  /** The first pattern names the subject and must fit; each one that fits is a point. */
  when: readonly RegExp[];
  /** Markdown. Asked again, the next one comes. */
  answers: readonly string[];
  /** What comes when the visitor asks for more. */
  more?: string;
}

/** What was written beforehand about the demo's product. */
export const topics: readonly Topic[] = [
  {
    when: [/\blight\b|\bled\b/i, /\b(red|amber|orange|white|blue|green|blink)/i, /means?\b|meaning/i],
    answers: [
      `A **red** light with counted blinks is a fault. Everything else is normal:

| Light | Meaning |
| --- | --- |
| breathes green | feeding in; faster is more |
| white | waiting for the grid or the sun, up to five minutes |
| blinks blue | pairing with the app |
| amber | held back for a while by heat or grid voltage |
| **red** | **a fault: count the blinks** |
| off | too little light |

Two blinks, a pause, one blink is \`E21\`. Tell me the code, and I tell you what to do.`,
      `Only **red** means a fault. It blinks in two groups: the first is the tens, the second the ones.

- ●● pause ● → **E21**, panel 1 gives no voltage
- ●●● pause ● → **E31**, the Core is too hot
- ●●●● pause ● → **E41**, insulation: unplug it and leave it unplugged

Green, white, blue and amber look after themselves.`,
    ],
    more: `Amber deserves a word, since it is the one that people worry about. The Core turns amber when it **holds back on purpose**:

1. It is hotter than 65 °C. Shade it and keep its ribs free.
2. The grid in your street is above 253 V. That happens on sunny noons where many roofs feed in; it comes back by itself.

Neither harms anything. If it is amber on most days, hang the Core on the north side of the railing.`,
  },
  {
    when: [/\bE ?11\b|\bE ?12\b/i, /grid (voltage|frequency)/i],
    answers: [
      `**E11** is the grid's voltage, **E12** its frequency. Neither is your kit's fault.

1. For E11, try another socket, close to the meter: a long, thin cable raises the voltage.
2. Write down the code's times from the app for three days.
3. If it is always noon, ask your grid operator to measure. They have to.

For E12 there is nothing to do but wait.`,
    ],
  },
  {
    when: [/\bE ?2[12]\b/i, /no voltage/i],
    answers: [
      `**E21** and **E22** say that panel 1 or panel 2 gives no voltage. Nine times in ten it is a plug.

1. Unplug the Core from the wall.
2. Push both of that panel's plugs home until they **click**.
3. Swap the two panels at \`PV 1\` and \`PV 2\`, plug the Core in again, wait a minute.

If the code moves along, it is the panel; if it stays, it is the input of the Core. Both are under guarantee.`,
    ],
  },
  {
    when: [/\bE ?31\b/i, /too hot|overheat/i],
    answers: [
      `**E31**: the Core got too hot and switched off to protect itself. It comes back below 65 °C.

- Hang it upright: the ribs work like a chimney.
- Out of the sun, on the back of the railing.
- A hand's breadth of air on each side, and no flower box below.`,
    ],
  },
  {
    when: [/\bE ?41\b/i, /insulation|electric shock/i],
    answers: [
      `**Unplug it now, and leave it unplugged.** E41 means that current may leave by another way than the cable.

1. Pull the plug, with dry hands.
2. Look for a crushed cable, and for water in a plug.
3. Do not plug it in again to see whether it has gone.
4. Call us: +49 30 23125 014, Monday to Friday, nine to five.

It is the one code that nobody mends alone. If the fault is in the wall and not in the kit, it is work for an electrician.`,
    ],
  },
  {
    when: [/batter(y|ies)|\bstore\b|storage/i, /\bpay|\bworth|\bcosts?\b|price|money|save/i],
    answers: [
      `**Yes, for most people: after about five years.** Without a battery you use 58 % of what the balcony makes; with one Store it is 88 %.

| | Duo alone | with one Store | with two |
| --- | ---: | ---: | ---: |
| Used by yourself | 58 % | 88 % | 94 % |
| Saved a year, at €0.32 | €134 | €203 | €217 |
| Price | €549 | €1,048 | €1,547 |
| Paid back after | 4.1 years | 5.2 years | 7.1 years |

The second Store saves only €14 a year more. Take it if you are out all day and cook at night.`,
      `It does, and here is the sum. One Store costs **€499** and saves **€69 a year** more than the panels alone:

\`\`\`text
720 kWh × (88 % − 58 %) × €0.32 = €69
€499 ÷ €69                      = 7.2 years
\`\`\`

Reckoned together with the panels, the whole pays for itself in **5.2 years**, and the guarantee runs for ten. If you are at home by day and wash at noon, the battery gains you less; if you work elsewhere, more.`,
    ],
    more: `What moves the figure most is **when** you need power:

- **Out by day, cooking at night:** the Store gives nearly all it has. Paid back in under seven years by itself.
- **At home by day:** your own use is at 70 % already, so there is less to gain: nine years.
- **A Sillwatt Meter** (€79) lets it follow what runs right now, and brings some 8 % more.

Prices of electricity count too: at €0.40 a kilowatt-hour every figure above shrinks by a fifth.`,
  },
  {
    when: [/batter(y|ies)|\bstore\b/i, /winter|frost|freez|cold|outdoor|outside|temperature/i],
    answers: [
      `It can stay out, dry and upright. Below freezing it **heats itself before it charges**, and below −10 °C it rests.

| At the cells | Charging | Discharging |
| --- | --- | --- |
| below −10 °C | off | off |
| −10 to 0 °C | heats itself first | half power |
| 0 to 45 °C | full | full |
| above 45 °C | half power | full |

A cellar or a hallway is kinder to it. The cable may be three metres longer.`,
    ],
  },
  {
    when: [/\bmodes?\b|follow me|steady\b|evening mode/i, /batter|store|set|choose|which/i],
    answers: [
      `There are three, and **Evening** is the one to start with.

- **Evening** fills the Store first and gives 200 W from sunset on. Nothing to set, no Wi-Fi needed.
- **Follow me** reads your household through the Sillwatt Meter and gives exactly what runs. It saves the most.
- **Steady** gives the same watts day and night: for a fridge or a router.

After two weeks the app shows what *Follow me* would have saved you.`,
    ],
  },
  {
    when: [/mount|install|hang|attach|set ?up|\bfix\b|torque|tighten/i, /railing|balcony|panel|step/i],
    answers: [
      `Two people, about ninety minutes, no drilling:

1. Hang four **hooks** over the top rail for each panel, 90 cm apart.
2. Lift the panel in **from the inside**. One holds, the other closes the clamps with 12 Nm.
3. Fit the **struts**: 20° brings almost a fifth more than hanging straight.
4. Run both **safety tethers** round the rail itself, not round the hooks.
5. The second panel follows, with a gap of 2 cm.
6. Screw the **Core** to the back, ribs upright, out of the sun.
7. Panels first: click them into \`PV 1\` and \`PV 2\`. The wall socket comes last.

> Not in a wind of more than 30 km/h.

Steel and aluminium rails are fine; glass panes are not, unless a metal frame holds them.`,
      `### What you need
A 13 mm socket, a torque wrench, a second person, and a calm day.

### What you do
1. Hooks over the rail, hand-tight.
2. Panel in from the inside, clamps at **12 Nm**.
3. Struts for the tilt, then **both tethers** round the rail.
4. The same again for the second one.
5. Core behind the railing, in the shade.
6. Panels into \`PV 1\` and \`PV 2\`, then the plug into the wall.

The pictures are on [the mounting page](/install).`,
    ],
    more: `Three things go wrong most often:

- **Cables in tension.** Leave a loop below each plug, so that rain drips off.
- **A shadow across one corner** takes a third of that panel. Look again at noon.
- **Tethers forgotten.** Without them the insurance does not pay.

And tell your landlord in writing before you begin: in most countries he may have a say in *how*, not in *whether*.`,
  },
  {
    when: [/wall|flat roof|garden|ground/i, /mount|install|panel|tilt|ballast/i],
    answers: [
      `The same panels fit three mounts:

| Mount | Tilt | Tools | Ballast |
| --- | --- | --- | --- |
| Railing | 0° to 25° | 13 mm socket, torque wrench | none |
| Wall | 0°, 10° or 20° | hammer drill, 10 mm bit | none |
| Flat roof | 15° or 30° | none | 60 kg a panel |

On a flat roof facing south, 30° gives the most of all: **830 kWh** a year.`,
    ],
  },
  {
    when: [/in the box|contents|included|parts|what do i get|weigh|heavy|how (big|large)|\bsize\b/i],
    answers: [
      `Everything but the tools:

- 2 glass-glass panels, 440 W, 22 kg each
- 1 Core, 800 W
- 8 stainless hooks and 4 tilt struts
- 4 safety tethers
- 1 cable with plug, 5 m

You need a 13 mm socket and a torque wrench, and somebody who holds.`,
    ],
  },
  {
    when: [/regist|permission|permit|legal|allowed|landlord|rent/i, /where|what|who|have to|need|must/i],
    answers: [
      `In Germany one entry in the **market register**, within a month of the first start. It is free and takes ten minutes.

1. Open *Settings → Registration* in the app: every number is filled in.
2. Send the form. Your grid operator hears of it by himself.
3. An old meter is changed by the operator. It may run backwards until then.

In **Austria** and **Switzerland** a note to the grid operator is enough. Up to 800 W needs no permission in most of Europe; if you rent, tell your landlord in writing.`,
      `What, and where:

| Country | What | Where |
| --- | --- | --- |
| Germany | one entry, within a month | market register, online |
| Austria | a note | your grid operator |
| Switzerland | a note | your grid operator |

The app fills in the numbers. You need no electrician and no permission for up to 800 W; a tenant tells the landlord in writing.`,
    ],
  },
  {
    when: [/\bapp\b/i, /no data|offline|not found|find|empty|shows? nothing|disconnect/i],
    answers: [
      `Three questions settle nearly every case:

1. **Is it day?** Without light the Core sleeps, Wi-Fi included. At night the app shows yesterday.
2. **Is the phone in the same network**, and not in the guests' one?
3. **New router or password?** Hold the Core's button for three seconds until it blinks blue, and pair it again.

Still nothing: unplug the Core, wait two minutes, plug it in again, by day. It makes power meanwhile, whatever the app says.`,
    ],
    more: `If it shows up and goes away again, it is the distance. The Core has a small aerial:

- It speaks **2.4 GHz** only.
- Two concrete walls are one too many. A repeater at the balcony door helps.
- In the app, *Core → Signal* should be above −75 dBm.`,
  },
  {
    when: [/wi-?fi|wlan|pair|router|bluetooth/i],
    answers: [
      `1. Tap *Add a Core* in the app.
2. Hold the button on the Core for **three seconds**, until the light blinks blue.
3. The app finds it by Bluetooth and hands over your Wi-Fi's name and password.

It speaks **2.4 GHz** only. If your router has one name for both bands, keep the phone beside the Core while pairing.`,
    ],
  },
  {
    when: [/winter|december|month|season|snow|year/i, /make|yield|produce|kwh|much|power/i],
    answers: [
      `In winter about **a tenth of the year**: some 78 of 720 kWh from December to February, on a south railing tilted by 20°.

| Month | kWh | | Month | kWh |
| --- | ---: | --- | --- | ---: |
| January | 24 | | July | 95 |
| February | 38 | | August | 83 |
| March | 63 | | September | 65 |
| April | 82 | | October | 43 |
| May | 93 | | November | 22 |
| June | 96 | | December | 16 |

June makes six times as much as December. Panels that hang straight down do a little better in winter, since the sun stands low and snow does not stay.`,
    ],
    more: `You can get a bit more out of the dark months:

- Hang the panels **straight down** from November to February: some 10 % more in those months.
- A dusting of snow slides off glass by itself; never scrape.
- Cold is good for panels: 10 degrees less bring 3 % more.`,
  },
  {
    when: [
      /\b(south|west|east|north)\b|direction|orientation|faces|facing|looks/i,
      /yield|make|worth|kwh|balcony|much/i,
    ],
    answers: [
      `**East and west are well worth it**, north is not.

| Railing looks | Straight | Tilted 20° | Paid back after |
| --- | ---: | ---: | ---: |
| South | 610 kWh | 720 kWh | 4.1 years |
| South-east, south-west | 570 kWh | 660 kWh | 4.5 years |
| East, west | 450 kWh | 520 kWh | 5.1 years |
| North | 210 kWh | 240 kWh | 11 years |

East and west make less, but at breakfast and dinner, when you use it yourself: that is why they come out better than their kilowatt-hours look.`,
    ],
  },
  {
    when: [/script|\bapi\b|curl|code|json|home assistant|python|javascript|program/i],
    answers: [
      `The Core answers on your own network, without a cloud and without a key:

\`\`\`sh
curl http://sillwatt.local/api/v1/live
\`\`\`

\`\`\`json
{ "power_w": 612, "today_wh": 2841, "battery": { "level": 0.74, "w": 180 }, "light": "green" }
\`\`\`

And in Python, to switch something on when there is enough:

\`\`\`python
import json, time, urllib.request

def live():
    with urllib.request.urlopen("http://sillwatt.local/api/v1/live") as answer:
        return json.load(answer)

while True:
    power = live()["power_w"]
    print(f"{power} W", "start the dishwasher" if power > 500 else "wait")
    time.sleep(10)
\`\`\`

Values are fresh every **two seconds**. A lower limit until midnight is \`POST /api/v1/limit\` with \`{"watts": 600}\`.`,
    ],
  },
  {
    when: [/extension|socket|cable|power strip|plug\b/i],
    answers: [
      `A wall socket **of its own**, never a power strip. The cable is 5 m long.

An extension is all right outdoors if it is in *one piece*, rated for **16 A** and **IP44**. Anything behind the socket is work for an electrician.`,
    ],
  },
  {
    when: [/clean|dirt|dust|pollen|wash the panel/i],
    answers: [
      `Hardly ever. Pollen costs up to 5 % and goes with the next rain. If you want to help: **cold water and a soft cloth**, in the morning, before the glass is hot. No soap, no pressure washer.`,
    ],
  },
  {
    when: [/guarantee|warranty|return|broken|refund/i, /how long|years|kit|panel|core|store/i],
    answers: [
      `| Part | Guarantee |
| --- | --- |
| Panels, their power | 25 years |
| Core | 12 years |
| Store | 10 years, whoever owns it |

You pay no postage. Have the number at hand that is under the Core's button.`,
    ],
  },
  {
    when: [/phone number|contact|call you|human|person|support|e-?mail|talk to/i],
    answers: [
      `Gladly: **+49 30 23125 014**, Monday to Friday, nine to five, or help@sillwatt.example. Have the number at hand that is under the Core's button.`,
    ],
  },
  {
    when: [/shad(e|ow)|less than|lower than|too little|dropped/i, /panel|power|make|last year|noon/i],
    answers: [
      `Look in this order: **a shadow, a plug, a crack.**

1. Open both panels in the app at noon. Is one a quarter below the other?
2. A strip of shade on one corner takes a third of that panel. Move it by a hand's breadth.
3. Push its plugs home until they click.
4. Look along the glass for a crack.

And compare a month with the *same* month of last year, never with the one before.`,
    ],
  },
  {
    when: [/price|cost|how much is|buy/i, /duo|kit|core|meter|sillwatt|\bit\b/i],
    answers: [
      `| | Price |
| --- | ---: |
| Duo: two panels, Core, mounts, cable | €549 |
| Store, 1.6 kWh | €499 |
| Meter, for *Follow me* | €79 |

Facing south, the Duo saves about **€134 a year** and has paid for itself after 4.1 years.`,
    ],
  },
  {
    when: [/everything|complete guide|from start to finish|whole (story|guide)|long answer|overview/i],
    answers: [
      `# The Sillwatt Duo, from the box to the first kilowatt-hour

## 1. Before you start
Steel or aluminium rails carry it; glass panes do not. Tell your landlord in writing, and look where the socket is: the cable is **5 m** long.

## 2. Mount it
1. Four hooks for each panel, 90 cm apart.
2. In from the inside, clamps at **12 Nm**.
3. Struts for the tilt, two tethers round the rail.
4. Core behind the railing, in the shade.

## 3. Start it
Panels first, \`PV 1\` and \`PV 2\`, then the wall. The light turns white for a minute, then breathes green.

## 4. What it makes

| Railing looks | Tilted 20° | Saved a year |
| --- | ---: | ---: |
| South | 720 kWh | €134 |
| South-west | 660 kWh | €122 |
| East, west | 520 kWh | €106 |

## 5. Read it yourself

\`\`\`sh
watch -n 2 curl -s http://sillwatt.local/api/v1/live
\`\`\`

## 6. When something is wrong
- **Red, counted blinks** are a code: tell me which.
- **E41** is the one that you never mend alone: unplug it and call.
- Everything else: unplug, wait two minutes, plug in again, by day.

> Ask about any of the six, and I go deeper.`,
    ],
  },
  {
    when: [/poem|haiku|joke|song/i],
    answers: [
      `*Two panels lean on morning air,*
*a rail, a plug, a little care;*
*the kettle hums, the meter slows,*
*and noon is where the evening goes.*`,
      `Why did the panel break up with the fridge? *It only ever wanted the dark side.*`,
    ],
  },
  {
    when: [/^\s*(hi|hello|hey|good (morning|evening|afternoon)|hallo|moin)\b/i],
    answers: [
      `Hello! I know the Sillwatt Duo: **mounting**, **first start**, **battery**, **yield** and **fault codes**. What would you like to know?`,
    ],
  },
  {
    when: [/^\s*(thanks|thank you|thx|great|perfect|danke)\b/i],
    answers: [`You are welcome. May the sun be with you.`, `Gladly! Is there anything else?`],
  },
  {
    when: [/who are you|what are you|are you (an? )?(ai|bot|human|real|model)|which model/i],
    answers: [
      `I am the **stand-in** of this demonstration: a small program that speaks a provider's own protocol, so that everything around it is real. I know the help pages and nothing else. With a key in \`.dev.vars\`, a real model answers here.`,
    ],
  },
];
