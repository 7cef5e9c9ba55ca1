/** Monthly yield of the solar kit Duo, facing south and tilted by 20°, January to December: 720 kWh per year. */
const months: [name: string, kilowattHours: number][] = [
  ["Jan", 24],
  ["Feb", 38],
  ["Mar", 63],
  ["Apr", 82],
  ["May", 93],
  ["Jun", 96],
  ["Jul", 95],
  ["Aug", 83],
  ["Sep", 65],
  ["Oct", 43],
  ["Nov", 22],
  ["Dec", 16],
];

const height = 150;

/** Draws the months as a bar chart with values. */
export function monthsChart(): string {
  const bars = months.map(([name, kilowattHours], index) => {
    const x = index * 52 + 6;
    const length = kilowattHours * 1.4;
    return `<g><rect x="${x}" y="${height - length}" width="40" height="${length}" rx="5"/>
<text class="value" x="${x + 20}" y="${height - length - 8}">${kilowattHours}</text><text x="${x + 20}" y="${height + 20}">${name}</text></g>`;
  });
  return `<figure class="chart"><svg viewBox="0 -6 624 182" role="img" aria-label="Bar chart: from 16 kilowatt-hours in December to 96 in June">${bars.join("\n")}</svg>
<figcaption>Kilowatt-hours per month: facing south, tilted 20°, 720 per year.</figcaption></figure>\n`;
}
