// A bot made with oceanic.js: shows each way of answering, as the other bots beside it do.

import {
  ApplicationCommandOptionTypes, ApplicationCommandTypes, ButtonStyles, Client, ComponentTypes, InteractionTypes, MessageFlags, TextInputStyles,
} from "oceanic.js";

const client = new Client({
  auth: `Bot ${process.env.DISCORD_TOKEN}`,
  rest: { baseURL: `${process.env.DISCORD_URL}/api/v10` },
  gateway: { intents: ["GUILDS"] },
});

const type = ApplicationCommandTypes.CHAT_INPUT;
const COMMANDS = [
  {
    type,
    name: "echo",
    description: "says it again",
    options: [
      { type: ApplicationCommandOptionTypes.STRING, name: "text", description: "a text", required: true, autocomplete: true },
      { type: ApplicationCommandOptionTypes.ATTACHMENT, name: "file", description: "a file" },
    ],
  },
  { type, name: "later", description: "answers later" },
  { type, name: "form", description: "asks for a name" },
];

const row = (component) => ({ type: ComponentTypes.ACTION_ROW, components: [component] });
const controls = () => [
  row({ type: ComponentTypes.BUTTON, style: ButtonStyles.PRIMARY, customID: "again", label: "Again" }),
  row({ type: ComponentTypes.STRING_SELECT, customID: "menu", options: [{ label: "A", value: "a" }, { label: "B", value: "b" }] }),
];

client.once("ready", () => client.application.bulkEditGlobalCommands(COMMANDS));

client.on("error", (error) => console.error(error));

client.on("interactionCreate", async (interaction) => {
  if (interaction.type === InteractionTypes.APPLICATION_COMMAND_AUTOCOMPLETE) {
    const typed = interaction.data.options.getFocused().value;
    await interaction.result([{ name: `${typed}!`, value: typed }]);
  } else if (interaction.type === InteractionTypes.MODAL_SUBMIT) {
    await interaction.createMessage({ content: `name ${interaction.data.components.getTextInput("name")}` });
  } else if (interaction.type === InteractionTypes.MESSAGE_COMPONENT) {
    if (interaction.data.customID === "again") await interaction.editParent({ content: "pressed", components: [] });
    else await interaction.createMessage({ content: `chose ${interaction.data.values.raw[0]}`, flags: MessageFlags.EPHEMERAL });
  } else if (interaction.data.name === "echo") {
    const file = interaction.data.options.getAttachment("file");
    const read = file ? ` ${file.filename} ${await (await fetch(file.url)).text()}` : "";
    const where = `${interaction.guild?.name ?? "no guild"} ${interaction.channel?.name ?? "no name"}`;
    const content = `${interaction.data.options.getString("text")}${read} (${where})`;
    await interaction.createMessage({ content, components: controls() });
  } else if (interaction.data.name === "later") {
    await interaction.defer();
    await interaction.editOriginal({ content: "here it is" });
    await interaction.createFollowup({ content: "and more", files: [{ name: "hello.txt", contents: Buffer.from("hello") }] });
  } else if (interaction.data.name === "form") {
    const input = { type: ComponentTypes.TEXT_INPUT, customID: "name", label: "Name", style: TextInputStyles.SHORT };
    await interaction.createModal({ customID: "form", title: "A form", components: [row(input)] });
  }
});

await client.connect();
