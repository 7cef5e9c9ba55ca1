import { defineProject } from "../../worker/assistants/project.ts";
import { postgresDocuments } from "../../worker/context/postgres/documents.ts";
import { claude } from "../claude/assistant.ts";
import { connections } from "../connections.ts";
import { foundry } from "../foundry/assistant.ts";
import { handbook } from "../handbook/assistant.ts";

/** The project of `npm run start:postgres`: the sample assistants, with the handbook's documents in Postgres. */
export const project = defineProject({
  connections,
  assistants: {
    handbook: {
      ...handbook,
      context: postgresDocuments({
        search: "hybrid",
        embeddings: { connection: connections.foundry, model: "text-embedding-3-small", dimensions: 512 },
        // Six short pages lack many common words of a question, so a passage that covers less of it can be the right one.
        minScore: 0.4,
        minSimilarity: 0.4,
      }),
    },
    claude,
    foundry,
  },
});
