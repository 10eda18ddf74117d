// A bot made with discord.js: shows each way of answering, as the other bots beside it do.

import {
  ActionRowBuilder, ApplicationCommandOptionType, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, GatewayIntentBits, MessageFlags,
  ModalBuilder, StringSelectMenuBuilder, TextInputBuilder, TextInputStyle,
} from "discord.js";

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: `${process.env.DISCORD_URL}/api` } });

const text = (name, more) => ({ type: ApplicationCommandOptionType.String, name, description: "a text", ...more });
const COMMANDS = [
  {
    name: "echo",
    description: "says it again",
    options: [
      text("text", { required: true, autocomplete: true }),
      { type: ApplicationCommandOptionType.Attachment, name: "file", description: "a file" },
    ],
  },
  { name: "later", description: "answers later" },
  { name: "form", description: "asks for a name" },
];

const controls = () => [
  new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId("again").setLabel("Again").setStyle(ButtonStyle.Primary)),
  new ActionRowBuilder().addComponents(
    new StringSelectMenuBuilder().setCustomId("menu").addOptions({ label: "A", value: "a" }, { label: "B", value: "b" }),
  ),
];

client.once("clientReady", () => client.application.commands.set(COMMANDS));

client.on("interactionCreate", async (interaction) => {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: `${typed}!`, value: typed }]);
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`name ${interaction.fields.getTextInputValue("name")}`);
  } else if (interaction.isButton()) {
    await interaction.update({ content: "pressed", components: [] });
  } else if (interaction.isStringSelectMenu()) {
    await interaction.reply({ content: `chose ${interaction.values[0]}`, flags: MessageFlags.Ephemeral });
  } else if (interaction.commandName === "echo") {
    const file = interaction.options.getAttachment("file");
    const read = file ? ` ${file.name} ${await (await fetch(file.url)).text()}` : "";
    const where = `${interaction.guild?.name ?? "no guild"} ${interaction.channel?.name ?? "no name"}`;
    await interaction.reply({ content: `${interaction.options.getString("text")}${read} (${where})`, components: controls() });
  } else if (interaction.commandName === "later") {
    await interaction.deferReply();
    await interaction.editReply("here it is");
    const files = [new AttachmentBuilder(Buffer.from("hello"), { name: "hello.txt" })];
    await interaction.followUp({ content: "and more", files });
  } else if (interaction.commandName === "form") {
    const input = new TextInputBuilder().setCustomId("name").setLabel("Name").setStyle(TextInputStyle.Short);
    const rows = new ActionRowBuilder().addComponents(input);
    await interaction.showModal(new ModalBuilder().setCustomId("form").setTitle("A form").addComponents(rows));
  }
});

await client.login(process.env.DISCORD_TOKEN);
