/** Long texts are in Markdown files next to an assistant; the bundler reads them as text. */
declare module "*.md" {
  const text: string;
  export default text;
}
