// The line in which a command is typed: first its name, then an input for each option.
//
// Text becomes a command as soon as it begins with a whole name and a space; what follows goes to the options, so that
// a line can be typed or pasted as it stands in a manual: "/weather today Dakar unit:metric".

import { beginning, flatten, matching, meant, onMessages, segments, textOption, TYPE } from "./commands.js";
import { el, fill, fold } from "./dom.js";
import { localised, t } from "./i18n.js";

/** How long typing must rest before choices are asked for. */
const REST = 90;

/** Lines that the arrow key brings back. */
const REMEMBERED = 50;

export class Composer {
  /** `acts`: `run(path, options, line)`, `complete(path, options, option, text)`, `upload(file)`. */
  constructor(form, suggestions, world, acts) {
    this.form = form;
    this.suggestions = suggestions;
    this.world = world;
    this.acts = acts;
    this.commands = [];
    this.draft = null;
    this.history = [];
    this.recalled = 0;
    this.ticket = 0;
    this.line = form.querySelector(".line");
    this.chip = form.querySelector(".chip");
    this.text = form.querySelector("#text");
    this.problem = form.querySelector("#problem");
    this.text.addEventListener("input", () => this.onText());
    this.text.addEventListener("keydown", (event) => this.onKey(event, null));
    this.text.addEventListener("focus", () => this.suggest());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    form.addEventListener("focusout", () => {
      // Only when the focus has really left, not while it moves from one input to the next.
      setTimeout(() => this.line.contains(document.activeElement) || this.suggestions.hide());
    });
    this.line.addEventListener("click", (event) => event.target === this.line && this.text.focus());
  }

  /** The commands as they are registered now, for this person. */
  setCommands(registered) {
    this.registered = registered;
    this.commands = flatten(registered, this.world.locale);
  }

  /** Speaks the person's language from now on. */
  translate() {
    this.reset();
    this.commands = flatten(this.registered ?? [], this.world.locale);
    this.text.placeholder = t("placeholder");
    this.text.setAttribute("aria-label", t("write-command", { place: this.world.placeName }));
    this.form.setAttribute("aria-label", t("write-command", { place: this.world.placeName }));
  }

  /** Begins a command from elsewhere, such as a mention of it. */
  insert(line) {
    this.reset();
    this.text.value = line;
    this.text.focus();
    this.onText();
  }

  reset() {
    this.draft = null;
    this.ticket += 1;
    for (const pill of this.line.querySelectorAll(".pill")) pill.remove();
    this.chip.hidden = true;
    this.text.value = "";
    this.text.placeholder = t("placeholder");
    this.complain("");
    this.suggestions.hide();
  }

  complain(sentence, pill = null) {
    this.problem.textContent = sentence;
    if (pill) {
      pill.element.classList.add("wrong");
      pill.field.setAttribute("aria-invalid", "true");
      pill.field.focus();
      this.suggest();
    }
  }

  // --- Typing --------------------------------------------------------------------------------------------------------

  onText() {
    this.complain("");
    const typed = this.text.value;
    if (!this.draft) {
      const found = typed.startsWith("/") && beginning(this.commands, typed, false);
      if (found) this.begin(found.command, found.rest);
      else this.suggest();
      return;
    }
    const { command } = this.draft;
    const named = segments(command, typed).find((part) => part.option);
    if (named && !this.pillOf(named.option)) {
      this.text.value = "";
      this.scatter(typed);
      return;
    }
    // Text that begins no option's name is meant for the option that takes text.
    const wanted = fold(typed.trim());
    const begins = this.remaining().some((option) => fold(option.shown).startsWith(wanted) || option.name.startsWith(wanted));
    const taker = textOption(command);
    if (wanted !== "" && !begins && taker && !this.pillOf(taker)) {
      this.text.value = "";
      this.addPill(taker, typed.trimStart()).field.focus();
    }
    this.suggest();
  }

  /** Begins a draft of a command; `rest` is what was typed after its name. */
  begin(command, rest) {
    this.reset();
    this.draft = { command, pills: [] };
    fill(this.chip, `/${command.shown}`);
    this.chip.hidden = false;
    this.text.placeholder = "";
    for (const option of command.options) if (option.required) this.addPill(option, "");
    if (rest !== "") this.scatter(rest);
    else (this.draft.pills[0]?.field ?? this.text).focus();
    this.suggest();
  }

  /** Puts text with options' names in it where it belongs. */
  scatter(text) {
    let last = null;
    for (const part of segments(this.draft.command, text)) {
      const option = part.option ?? textOption(this.draft.command);
      const pill = option && (this.pillOf(option) ?? this.addPill(option, ""));
      if (!pill) {
        this.text.value = part.text;
        continue;
      }
      if (pill.input) pill.input.value = part.text;
      this.fit(pill);
      last = pill;
    }
    (last?.field ?? this.text).focus();
    this.suggest();
  }

  remaining() {
    return this.draft.command.options.filter((option) => !this.pillOf(option));
  }

  pillOf(option) {
    return this.draft.pills.find((pill) => pill.option === option);
  }

  /** An input for an option, before the end of the line. */
  addPill(option, value) {
    const pill = { option, picked: null, file: null };
    const name = el("span", { class: "pill-name", "aria-hidden": "true" }, option.shown);
    const about = option.required ? option.shown : `${option.shown} (${t("optional")})`;
    if (option.type === TYPE.FILE) this.makeFileInput(pill, about);
    else this.makeTextInput(pill, about, value);
    const remove = el(
      "button",
      {
        type: "button",
        class: "pill-remove",
        tabIndex: -1,
        "aria-label": t("remove", { option: option.shown }),
        on: { click: () => this.removePill(pill) },
      },
      "×",
    );
    pill.element = el("span", { class: "pill", data: { option: option.name } }, name, pill.parts, option.required ? null : remove);
    this.line.insertBefore(pill.element, this.text);
    this.draft.pills.push(pill);
    this.fit(pill);
    return pill;
  }

  makeTextInput(pill, about, value) {
    pill.input = el("input", {
      class: "pill-input",
      value,
      autocomplete: "off",
      spellcheck: false,
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestion-list",
      "aria-label": about,
      "aria-description": pill.option.help,
      "aria-required": pill.option.required ? "true" : null,
      inputMode: pill.option.type === TYPE.INTEGER ? "numeric" : "",
      on: {
        input: () => this.onPillText(pill),
        focus: () => this.suggest(),
        keydown: (event) => this.onKey(event, pill),
      },
    });
    pill.field = pill.input;
    pill.parts = [pill.input];
  }

  makeFileInput(pill, about) {
    const chooser = el("input", { type: "file", hidden: true, "aria-label": about, on: { change: () => take(chooser.files[0]) } });
    const take = (file) => {
      if (!file) return;
      if (file.size > this.world.fileLimit) return this.complain(t("too-large"), pill);
      pill.file = file;
      pill.field.textContent = file.name;
      pill.field.setAttribute("aria-label", `${about}: ${file.name}`);
      pill.element.classList.remove("wrong");
      this.text.focus();
    };
    pill.field = el(
      "button",
      {
        type: "button",
        class: "pill-file",
        "aria-label": `${about}: ${t("choose-file")}`,
        on: {
          click: () => chooser.click(),
          focus: () => this.suggest(),
          keydown: (event) => event.key !== "Enter" && event.key !== " " && this.onKey(event, pill),
          dragover: (event) => event.preventDefault(),
          drop: (event) => {
            event.preventDefault();
            take(event.dataTransfer.files[0]);
          },
        },
      },
      t("choose-file"),
    );
    pill.parts = [pill.field, chooser];
  }

  onPillText(pill) {
    this.complain("");
    pill.element.classList.remove("wrong");
    pill.field.removeAttribute("aria-invalid");
    if (pill.picked && pill.picked.label !== pill.input.value) pill.picked = null;
    // Names of options in the text: its own need not be repeated, those of others begin others.
    const parts = segments(this.draft.command, pill.input.value);
    const others = parts.filter((part) => part.option && part.option !== pill.option && !this.pillOf(part.option));
    if (others.length > 0 || parts.some((part) => part.option === pill.option)) {
      const own = parts.filter((part) => !others.includes(part));
      const again = (part) => part.option && part.option !== pill.option;
      pill.input.value = own.map((part) => (again(part) ? `${part.option.shown}:${part.text}` : part.text)).join(" ").trim();
    }
    if (others.length > 0) {
      this.fit(pill);
      for (const part of others) this.addPill(part.option, part.text);
      this.draft.pills[this.draft.pills.length - 1].field.focus();
    }
    this.fit(pill);
    this.suggest();
  }

  fit(pill) {
    if (pill.input) pill.input.size = Math.min(Math.max([...pill.input.value].length + 1, 6), 48);
  }

  removePill(pill) {
    const position = this.draft.pills.indexOf(pill);
    this.draft.pills.splice(position, 1);
    pill.element.remove();
    (this.draft.pills[position - 1]?.field ?? this.text).focus();
    this.suggest();
  }

  /** Back to plain text, as when one deletes into the command's name. */
  dissolve() {
    const name = `/${this.draft.command.shown}`;
    this.reset();
    this.text.value = name;
    this.text.focus();
    this.suggest();
  }

  // --- Suggestions ---------------------------------------------------------------------------------------------------

  /** Shows what fits where one is typing. */
  suggest() {
    this.ticket += 1;
    const focused = document.activeElement;
    if (!this.draft) {
      if (focused === this.text && this.text.value.startsWith("/")) this.suggestCommands();
      else this.suggestions.hide();
      return;
    }
    const pill = this.draft.pills.find((one) => one.field === focused);
    if (pill) this.suggestValues(pill);
    else if (focused === this.text) this.suggestOptions();
  }

  suggestCommands() {
    const found = matching(this.commands, this.text.value.slice(1));
    const items = found.map((command) => ({
      label: `/${command.shown}`,
      help: command.help,
      note: this.world.bot.username,
      pick: () => this.begin(command, ""),
    }));
    this.suggestions.show(this.text, t("commands"), items, { first: true });
  }

  suggestOptions() {
    const wanted = fold(this.text.value.trim());
    const fits = (option) => fold(option.shown).startsWith(wanted) || option.name.startsWith(wanted);
    const items = this.remaining().filter(fits).map((option) => ({
      label: option.shown,
      help: option.help,
      note: option.required ? null : t("optional"),
      pick: () => {
        this.text.value = "";
        this.addPill(option, "").field.focus();
        this.suggest();
      },
    }));
    this.suggestions.show(this.text, t("options-of", { command: `/${this.draft.command.shown}` }), items);
  }

  suggestValues(pill) {
    const { option } = pill;
    const heading = `${option.shown} – ${option.help}`;
    if (option.autocomplete) {
      this.suggestCompletions(pill, heading);
      return;
    }
    const known = this.values(option);
    const wanted = pill.picked ? "" : fold(pill.input?.value.trim() ?? "");
    const items = known.filter((one) => fold(one.label).includes(wanted)).map((one) => ({
      label: one.label,
      pick: () => this.choose(pill, one),
    }));
    // Even without choices the heading tells what the option is.
    this.suggestions.show(pill.field, heading, items, { empty: known.length > 0 ? t("no-choices") : " " });
  }

  /** What an option that does not complete itself takes; empty where anything can be typed. */
  values(option) {
    if (option.choices) {
      return option.choices.map((one) => ({ label: localised(one, "name", this.world.locale), value: one.value, other: one.name }));
    }
    const people = () => this.world.people.map((one) => ({ label: `@${one.name}`, value: one.id, kind: "user" }));
    const roles = () => this.world.roles.map((one) => ({ label: `@${one.name}`, value: one.id, kind: "role" }));
    switch (option.type) {
      case TYPE.BOOLEAN:
        return [{ label: t("yes"), value: true, other: "true" }, { label: t("no"), value: false, other: "false" }];
      case TYPE.USER:
        return people();
      case TYPE.ROLE:
        return roles();
      case TYPE.MENTIONABLE:
        return [...people(), ...roles()];
      case TYPE.CHANNEL:
        return this.world.channels.map((one) => ({ label: `#${one.name}`, value: one.id, kind: "channel" }));
      default:
        return [];
    }
  }

  /** Asks the bot for choices, once typing rests; an answer that comes too late is not shown. */
  async suggestCompletions(pill, heading) {
    const ticket = this.ticket;
    if (this.suggestions.input !== pill.field || !this.suggestions.isOpen) {
      this.suggestions.show(pill.field, heading, [], { empty: t("loading") });
    }
    await new Promise((resolve) => setTimeout(resolve, REST));
    if (ticket !== this.ticket) return;
    const { command } = this.draft;
    const others = this.draft.pills.filter((one) => one !== pill && !one.file);
    const options = others.map((one) => this.read(one)).filter((read) => read.value).map((read) => read.value);
    const text = pill.picked ? String(pill.picked.label) : pill.input.value;
    const answer = await this.acts.complete(command.path, options, pill.option.name, text).catch(() => null);
    if (ticket !== this.ticket) return;
    if (answer?.outcome !== "choices") {
      this.suggestions.show(pill.field, heading, [], { empty: t("no-completion") });
      return;
    }
    const items = answer.choices.map((choice) => {
      const label = localised(choice, "name", this.world.locale);
      return { label, pick: () => this.choose(pill, { label, value: choice.value }) };
    });
    this.suggestions.show(pill.field, heading, items, { empty: t("no-choices") });
  }

  /** Takes a suggested value, and goes on to what is still to be filled in. */
  choose(pill, one) {
    pill.picked = one;
    pill.input.value = one.label;
    pill.element.classList.remove("wrong");
    pill.field.removeAttribute("aria-invalid");
    this.complain("");
    this.fit(pill);
    const next = this.draft.pills.find((other) => other.option.required && this.isEmpty(other));
    (next?.field ?? this.text).focus();
    this.suggest();
  }

  isEmpty(pill) {
    return pill.input ? pill.input.value.trim() === "" : pill.file === null;
  }

  // --- Keys ----------------------------------------------------------------------------------------------------------

  onKey(event, pill) {
    // While a character is being composed, the keys belong to the input method.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const done = this.handle(event, pill);
    if (done) event.preventDefault();
  }

  handle(event, pill) {
    const input = pill ? pill.input : this.text;
    const { key } = event;
    const atStart = !input || (input.selectionStart === 0 && input.selectionEnd === 0);
    const atEnd = !input || input.selectionStart === input.value.length;
    if (key === "Enter" && !event.shiftKey) {
      if (!pill && !this.draft && this.completes()) this.send();
      else if (!this.suggestions.hasActive || !this.suggestions.pick(false)) this.send();
      return true;
    }
    if (key === "Tab" && !event.shiftKey) {
      // An empty input lets Tab go on, so that nobody is caught in the line.
      const wanted = this.suggestions.hasActive || (input?.value ?? "") !== "";
      return wanted && !pill?.picked && this.suggestions.pick(true);
    }
    if (key === "Escape") {
      if (this.suggestions.isOpen) this.suggestions.hide();
      else this.reset();
      this.text.focus();
      this.suggestions.hide();
      return true;
    }
    if (this.suggestions.move(key)) return true;
    if (key === "ArrowUp" && !this.draft && (input.value === "" || this.recalled > 0)) return this.recall(1);
    if (key === "ArrowDown" && !this.draft && this.recalled > 0) return this.recall(-1);
    if (!this.draft) return false;
    const position = pill ? this.draft.pills.indexOf(pill) : this.draft.pills.length;
    if (key === "Backspace" && atStart) {
      if (pill && !pill.option.required && this.isEmpty(pill)) this.removePill(pill);
      else if (position > 0) this.draft.pills[position - 1].field.focus();
      else this.dissolve();
      return true;
    }
    if (key === "ArrowLeft" && atStart && position > 0) {
      this.draft.pills[position - 1].field.focus();
      return true;
    }
    if (key === "ArrowRight" && atEnd && pill) {
      (this.draft.pills[position + 1]?.field ?? this.text).focus();
      return true;
    }
    return false;
  }

  /** Whether the line is a whole command that needs nothing more. */
  completes() {
    const found = beginning(this.commands, this.text.value.trim(), true);
    return this.text.value.startsWith("/") && found && !found.command.options.some((option) => option.required);
  }

  /** Brings an earlier line back. */
  recall(by) {
    const wanted = this.recalled + by;
    if (wanted < 0 || wanted > this.history.length) return false;
    this.recalled = wanted;
    this.text.value = wanted === 0 ? "" : this.history[this.history.length - wanted];
    this.suggestions.hide();
    return true;
  }

  // --- Sending -------------------------------------------------------------------------------------------------------

  /** An option as it is sent: `{ value }`, `{ file }`, `{ error }`, or nothing if it is left empty. */
  read(pill) {
    const { option } = pill;
    const named = { option: option.shown };
    const filled = (kind, value) => ({ value: { name: option.name, value: { [kind]: value } } });
    if (this.isEmpty(pill)) return option.required ? { error: t("required", named) } : {};
    if (pill.file) return { file: pill.file };
    const typed = pill.input.value.trim();
    const known = this.values(option);
    if (known.length > 0) {
      const bare = (text) => fold(String(text)).replace(/^[@#]/, "");
      const fits = (one) => [one.label, one.other, one.value].some((text) => text !== undefined && bare(text) === bare(typed));
      const one = pill.picked ?? known.find(fits);
      if (!one) return { error: t("not-a-choice", named) };
      return filled(one.kind ?? (option.type === TYPE.BOOLEAN ? "boolean" : "text"), one.kind || option.type === TYPE.BOOLEAN ? one.value : String(one.value));
    }
    const value = pill.picked ? String(pill.picked.value) : typed;
    if (option.type === TYPE.INTEGER || option.type === TYPE.NUMBER) {
      const number = Number(value.replace(",", "."));
      const whole = option.type === TYPE.INTEGER;
      if (value === "" || Number.isNaN(number) || (whole && !Number.isInteger(number))) return { error: t("not-a-number", named) };
      return filled(whole ? "integer" : "number", number);
    }
    const length = [...value].length;
    if (length < (option.min_length ?? 0)) return { error: t("too-short", { ...named, count: option.min_length }) };
    if (length > (option.max_length ?? 6000)) return { error: t("too-long", { ...named, count: option.max_length ?? 6000 }) };
    return filled("text", value);
  }

  /** Writes a message, where the bot has a command to be used on one. */
  async write(content) {
    if (onMessages(this.registered ?? [], this.world.locale).length === 0) return this.complain(t("only-commands"));
    this.reset();
    this.text.focus();
    try {
      await this.acts.write(content);
    } catch (error) {
      this.complain(error.message);
    }
  }

  async send() {
    if (!this.draft) {
      const typed = this.text.value.trim();
      if (typed === "") return;
      if (!typed.startsWith("/")) return this.write(typed);
      const found = beginning(this.commands, typed, true);
      if (!found) {
        const other = meant(this.commands, typed);
        if (other) return this.complain(t("meant-command", { command: typed, meant: `/${other.shown}` }));
        return this.complain(t("unknown-command", { command: typed.split(/\s/)[0] }));
      }
      this.begin(found.command, found.rest);
    }
    const { command } = this.draft;
    if (this.text.value.trim() !== "") {
      const taker = textOption(command);
      if (!taker || this.pillOf(taker)) return this.complain(t("takes-no-text", { command: `/${command.shown}` }));
      this.addPill(taker, this.text.value);
      this.text.value = "";
    }
    const options = [];
    const files = [];
    const words = [`/${command.shown}`];
    for (const pill of this.draft.pills) {
      const read = this.read(pill);
      if (read.error) return this.complain(read.error, pill);
      if (read.value) options.push(read.value);
      if (read.file) files.push({ name: pill.option.name, file: read.file });
      if (!this.isEmpty(pill) && pill.input) words.push(`${pill.option.shown}:${pill.input.value.trim()}`);
    }
    this.history = [...this.history, words.join(" ")].slice(-REMEMBERED);
    this.recalled = 0;
    this.reset();
    this.text.focus();
    try {
      for (const { name, file } of files) options.push({ name, value: { file: await this.acts.upload(file) } });
      await this.acts.run(command.path, options);
    } catch (error) {
      this.complain(error.message);
    }
  }
}
