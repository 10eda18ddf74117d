"""A bot made with discord.py: shows each way of answering, as the other bots beside it do."""

import io
import os

import discord
import yarl
from discord import app_commands

discord.http.Route.BASE = f"{os.environ['DISCORD_URL']}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY"])


class Controls(discord.ui.View):
    @discord.ui.button(label="Again", custom_id="again")
    async def again(self, interaction, _button):
        await interaction.response.edit_message(content="pressed", view=None)

    @discord.ui.select(custom_id="menu", options=[discord.SelectOption(label="A", value="a"), discord.SelectOption(label="B", value="b")])
    async def menu(self, interaction, select):
        await interaction.response.send_message(f"chose {select.values[0]}", ephemeral=True)


class Form(discord.ui.Modal, title="A form"):
    name = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"name {self.name.value}")


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()


bot = Bot()


@bot.tree.command(description="says it again")
async def echo(interaction, text: str, file: discord.Attachment | None = None):
    read = f" {file.filename} {(await file.read()).decode()}" if file else ""
    where = f"{interaction.guild.name if interaction.guild else 'no guild'} {getattr(interaction.channel, 'name', 'no name')}"
    await interaction.response.send_message(f"{text}{read} ({where})", view=Controls())


@echo.autocomplete("text")
async def complete(_interaction, typed):
    return [app_commands.Choice(name=f"{typed}!", value=typed)]


@bot.tree.command(description="answers later")
async def later(interaction):
    await interaction.response.defer()
    await interaction.edit_original_response(content="here it is")
    await interaction.followup.send("and more", file=discord.File(io.BytesIO(b"hello"), "hello.txt"))


@bot.tree.command(description="asks for a name")
async def form(interaction):
    await interaction.response.send_modal(Form(custom_id="form"))


bot.run(os.environ["DISCORD_TOKEN"])
