"""A bot made with hikari: shows each way of answering, as the other bots beside it do."""

import os

import hikari

bot = hikari.GatewayBot(
    os.environ["DISCORD_TOKEN"],
    banner=None,
    intents=hikari.Intents.GUILDS,
    rest_url=f"{os.environ['DISCORD_URL']}/api/v10",
)


@bot.listen(hikari.StartedEvent)
async def register(_event):
    option = hikari.CommandOption
    text = option(type=hikari.OptionType.STRING, name="text", description="a text", is_required=True, autocomplete=True)
    file = option(type=hikari.OptionType.ATTACHMENT, name="file", description="a file")
    commands = [
        bot.rest.slash_command_builder("echo", "says it again").add_option(text).add_option(file),
        bot.rest.slash_command_builder("later", "answers later"),
        bot.rest.slash_command_builder("form", "asks for a name"),
    ]
    await bot.rest.set_application_commands(bot.get_me().id, commands)


def controls():
    button = bot.rest.build_message_action_row().add_interactive_button(hikari.ButtonStyle.PRIMARY, "again", label="Again")
    menu = bot.rest.build_message_action_row()
    menu.add_text_menu("menu").add_option("A", "a").add_option("B", "b")
    return [button, menu]


@bot.listen(hikari.InteractionCreateEvent)
async def answer(event):
    interaction = event.interaction
    now, update = hikari.ResponseType.MESSAGE_CREATE, hikari.ResponseType.MESSAGE_UPDATE
    if isinstance(interaction, hikari.AutocompleteInteraction):
        typed = str(interaction.options[0].value)
        await interaction.create_response([hikari.impl.AutocompleteChoiceBuilder(f"{typed}!", typed)])
    elif isinstance(interaction, hikari.ModalInteraction):
        await interaction.create_initial_response(now, f"name {interaction.components[0].components[0].value}")
    elif isinstance(interaction, hikari.ComponentInteraction):
        if interaction.custom_id == "again":
            await interaction.create_initial_response(update, "pressed", components=[])
        else:
            await interaction.create_initial_response(now, f"chose {interaction.values[0]}", flags=hikari.MessageFlag.EPHEMERAL)
    elif interaction.command_name == "echo":
        values = {option.name: option.value for option in interaction.options}
        read = ""
        if "file" in values:
            file = interaction.resolved.attachments[hikari.Snowflake(values["file"])]
            read = f" {file.filename} {(await file.read()).decode()}"
        guild = interaction.get_guild()
        channel = bot.cache.get_guild_channel(interaction.channel_id)
        where = f"{guild.name if guild else 'no guild'} {channel.name if channel else 'no name'}"
        await interaction.create_initial_response(now, f"{values['text']}{read} ({where})", components=controls())
    elif interaction.command_name == "later":
        await interaction.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_CREATE)
        await interaction.edit_initial_response("here it is")
        await interaction.execute("and more", attachment=hikari.Bytes(b"hello", "hello.txt"))
    elif interaction.command_name == "form":
        row = bot.rest.build_modal_action_row()
        row.add_text_input("name", "Name")
        await interaction.create_modal_response("A form", "form", component=row)


bot.run(check_for_updates=False)
