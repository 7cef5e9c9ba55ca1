/** Long texts live in Markdown files beside an assistant; the bundler reads them as text. */
declare module "*.md" {
  const text: string;
  export default text;
}
