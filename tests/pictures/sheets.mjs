// The pages that show what was taken.

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 24px; }
  nav { display: flex; flex-wrap: wrap; gap: 4px 12px; margin-bottom: 24px; font-size: 13px; }
  h2 { margin: 32px 0 8px; }
  .row { display: flex; align-items: start; gap: 12px; overflow-x: auto; padding-bottom: 12px; }
  figure { flex: none; margin: 0; }
  img { display: block; max-height: 70vh; border: 1px solid #8888; }
  figcaption { font-size: 12px; opacity: 0.75; }
  .all { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; }
  .all img { width: 100%; height: 150px; object-fit: cover; object-position: top; }`;

const page = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${STYLE}</style></head><body><h1>${title}</h1>
${body}
</body></html>
`;

const figure = ({ file, way }) => `<figure><a href="${file}"><img loading="lazy" src="${file}" alt="${way}"></a><figcaption>${way}</figcaption></figure>`;

/** One screen in all ways, a row for each language and kind. */
export function contactSheet(screen, pictures, screens) {
  const kind = ({ lang, way }) => `${lang}, ${way.replace(/^\d+-/, "")}`;
  const rows = [...new Set(pictures.map(kind))].map((one) => [one, pictures.filter((picture) => kind(picture) === one)]);
  const all = screens.map((name) => (name === screen ? `<strong>${name}</strong>` : `<a href="${name}.html">${name}</a>`));
  const body = rows.map(([title, some]) => `<h2>${title}</h2><div class="row">${some.map(figure).join("")}</div>`);
  return page(screen, `<nav><a href="index.html">All screens</a> ${all.join(" ")}</nav>${body.join("\n")}`);
}

/** All screens, by the walks that come past them. */
export function index(taken, walks) {
  const body = walks.map(({ name, title }) => {
    const first = new Map(taken.filter(({ walk, way }) => walk === name && way === "1280-light").map((one) => [one.screen, one]));
    const tiles = [...first].map(([screen, { file }]) => (
      `<figure><a href="${screen}.html"><img loading="lazy" src="${file}" alt=""><figcaption>${screen}</figcaption></a></figure>`));
    return tiles.length ? `<h2>${title}</h2><div class="all">${tiles.join("")}</div>` : "";
  });
  return page("Every screen", body.join("\n"));
}
