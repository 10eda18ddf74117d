// The registered commands as a person types them: their names in the person's language, and reading a typed line.

import { fold } from "./dom.js";
import { localised } from "./i18n.js";

/** Option types. (Discord: interactions/application-commands, "Application Command Option Type".) */
export const TYPE = {
  SUBCOMMAND: 1,
  GROUP: 2,
  TEXT: 3,
  INTEGER: 4,
  BOOLEAN: 5,
  USER: 6,
  CHANNEL: 7,
  ROLE: 8,
  MENTIONABLE: 9,
  NUMBER: 10,
  FILE: 11,
};

/**
 * Every command that can be sent, in the order in which they are registered. `path` is made of the default names,
 * `shown` of those that the person reads.
 */
export function flatten(commands, locale) {
  const found = [];
  // A command's names in all languages, each language's groups and subcommands together.
  const named = (nodes) => {
    const languages = new Set(nodes.flatMap((node) => Object.keys(node.name_localizations ?? {})));
    return [...languages].map((language) => nodes.map((node) => node.name_localizations?.[language] ?? node.name).join(" "));
  };
  const walk = (node, above, shown) => {
    const below = (node.options ?? []).filter((one) => one.type === TYPE.SUBCOMMAND || one.type === TYPE.GROUP);
    const here = [...above, node];
    const read = [...shown, localised(node, "name", locale)];
    if (below.length > 0) {
      for (const one of below) walk(one, here, read);
      return;
    }
    const options = (node.options ?? []).map((option) => ({
      ...option,
      shown: localised(option, "name", locale),
      help: localised(option, "description", locale),
    }));
    const help = localised(node, "description", locale);
    found.push({ path: here.map((one) => one.name).join(" "), shown: read.join(" "), names: named(here), help, options });
  };
  for (const command of commands) if ((command.type ?? 1) === 1) walk(command, [], []);
  return found;
}

/** The commands that can be used on a message: `name` is the default name, `shown` the one that the person reads. */
export function onMessages(commands, locale) {
  return commands.filter((one) => one.type === 3).map((one) => ({ name: one.name, shown: localised(one, "name", locale) }));
}

/** The commands that fit what is typed after the slash, the best first. */
export function matching(commands, typed) {
  const wanted = fold(typed.trim());
  const score = (command) => {
    const names = [fold(command.shown), fold(command.path)];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    const words = names.flatMap((name) => name.split(" "));
    if (words.some((word) => word.startsWith(wanted))) return 1;
    if (names.some((name) => name.includes(wanted))) return 2;
    return fold(command.help).includes(wanted) ? 3 : 4;
  };
  const scored = commands.map((command, index) => ({ command, index, score: score(command) }));
  const fitting = scored.filter((one) => one.score < 4).sort((a, b) => a.score - b.score || a.index - b.index);
  return fitting.map((one) => one.command);
}

/** The command with which a line begins, and what follows it; null without one. `whole`: the line may end with it. */
export function beginning(commands, line, whole) {
  const text = line.replace(/^\//, "");
  let best = null;
  for (const command of commands) {
    for (const name of [command.shown, command.path]) {
      const head = text.slice(0, name.length).toLowerCase();
      const after = text.slice(name.length);
      if (head !== name.toLowerCase() || !(/^\s/.test(after) || (whole && after === ""))) continue;
      if (!best || name.length > best.length) best = { command, length: name.length, rest: after.trimStart() };
    }
  }
  return best;
}

/**
 * The command that a line most likely means which begins with none: its accents may be others, its name in another
 * language, a letter wrong. Null without a guess.
 */
export function meant(commands, line) {
  const words = fold(line.replace(/^\//, "").trim()).split(/\s+/);
  let best = null;
  for (const command of commands) {
    for (const name of new Set([command.shown, command.path, ...command.names].map(fold))) {
      const length = name.split(" ").length;
      const off = distance(words.slice(0, length).join(" "), name);
      // One letter in four may be wrong; the longer name wins, as it says more.
      if (off * 4 <= name.length && (!best || off < best.off || (off === best.off && length > best.length))) {
        best = { command, off, length };
      }
    }
  }
  return best?.command ?? null;
}

/** How many letters must be added, taken away or changed to make one text of the other. */
function distance(one, other) {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = above[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
      here.push(Math.min(changed, above[column] + 1, here[column - 1] + 1));
    }
    above = here;
  }
  return above[other.length];
}

/** The option of this name, in the person's language or by default. */
export function optionNamed(command, name) {
  const wanted = name.toLowerCase();
  return command.options.find((option) => option.shown.toLowerCase() === wanted || option.name === wanted);
}

/** The option that takes text which is written without an option's name: the first that takes any. */
export function textOption(command) {
  return command.options.find((option) => option.type === TYPE.TEXT && !option.choices);
}

/** The text before the first named option, and the text of each named one, up to the next name. */
export function segments(command, text) {
  const parts = [{ option: null, text: "" }];
  for (const word of text.split(/(?<=\s)(?=\S)/)) {
    const colon = word.indexOf(":");
    const option = colon > 0 ? optionNamed(command, word.slice(0, colon)) : undefined;
    if (option && !parts.some((part) => part.option === option)) parts.push({ option, text: word.slice(colon + 1) });
    else parts[parts.length - 1].text += word;
  }
  return parts.map((part) => ({ ...part, text: part.text.trim() })).filter((part) => part.option || part.text);
}
