"""A bot made with py-cord: shows each way of answering, as the other bots beside it do."""

import io
import os

import discord

discord.http.Route.API_BASE_URL = f"{os.environ['DISCORD_URL']}/api/v{{API_VERSION}}"

bot = discord.Bot(intents=discord.Intents(guilds=True))


class Controls(discord.ui.View):
    @discord.ui.button(label="Again", custom_id="again")
    async def again(self, _button, interaction):
        await interaction.response.edit_message(content="pressed", view=None)

    @discord.ui.select(custom_id="menu", options=[discord.SelectOption(label="A", value="a"), discord.SelectOption(label="B", value="b")])
    async def menu(self, select, interaction):
        await interaction.response.send_message(f"chose {select.values[0]}", ephemeral=True)


class Form(discord.ui.Modal):
    def __init__(self):
        super().__init__(discord.ui.InputText(label="Name", custom_id="name"), title="A form", custom_id="form")

    async def callback(self, interaction):
        await interaction.response.send_message(f"name {self.children[0].value}")


async def complete(context):
    return [discord.OptionChoice(f"{context.value}!", context.value)]


@bot.slash_command(description="says it again")
@discord.option("text", str, autocomplete=complete)
@discord.option("file", discord.Attachment, required=False)
async def echo(context, text, file=None):
    read = f" {file.filename} {(await file.read()).decode()}" if file else ""
    where = f"{context.guild.name if context.guild else 'no guild'} {getattr(context.channel, 'name', 'no name')}"
    await context.respond(f"{text}{read} ({where})", view=Controls())


@bot.slash_command(description="answers later")
async def later(context):
    await context.defer()
    await context.interaction.edit_original_response(content="here it is")
    await context.followup.send("and more", file=discord.File(io.BytesIO(b"hello"), "hello.txt"))


@bot.slash_command(description="asks for a name")
async def form(context):
    await context.send_modal(Form())


bot.run(os.environ["DISCORD_TOKEN"])
