Bun.serve({ fetch: () => new Response("hi") });
