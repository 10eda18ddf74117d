"""A bot made with interactions.py: shows each way of answering, as the other bots beside it do."""

import io
import os

import interactions
from interactions.api.http.route import Route

Route.BASE = f"{os.environ['DISCORD_URL']}/api/v10"

bot = interactions.Client(token=os.environ["DISCORD_TOKEN"], send_command_tracebacks=False)


def controls():
    return [
        interactions.ActionRow(interactions.Button(style=interactions.ButtonStyle.PRIMARY, label="Again", custom_id="again")),
        interactions.ActionRow(
            interactions.StringSelectMenu(
                interactions.StringSelectOption(label="A", value="a"),
                interactions.StringSelectOption(label="B", value="b"),
                custom_id="menu",
            )
        ),
    ]


@interactions.slash_command("echo", description="says it again")
@interactions.slash_option("text", "a text", interactions.OptionType.STRING, required=True, autocomplete=True)
@interactions.slash_option("file", "a file", interactions.OptionType.ATTACHMENT)
async def echo(context, text, file=None):
    read = f" {file.filename} {(await bot.http.request_cdn(file.url, file)).decode()}" if file else ""
    where = f"{context.guild.name if context.guild else 'no guild'} {getattr(context.channel, 'name', None) or 'no name'}"
    await context.send(f"{text}{read} ({where})", components=controls())


@echo.autocomplete("text")
async def complete(context):
    await context.send([{"name": f"{context.input_text}!", "value": context.input_text}])


@interactions.slash_command("later", description="answers later")
async def later(context):
    await context.defer()
    # After a deferred response, the first of these edits it.
    await context.send("here it is")
    await context.send("and more", files=interactions.File(io.BytesIO(b"hello"), file_name="hello.txt"))


@interactions.slash_command("form", description="asks for a name")
async def form(context):
    name = interactions.ShortText(label="Name", custom_id="name")
    await context.send_modal(interactions.Modal(name, title="A form", custom_id="form"))


@interactions.modal_callback("form")
async def submitted(context, name):
    await context.send(f"name {name}")


@interactions.component_callback("again")
async def again(context):
    await context.edit_origin(content="pressed", components=[])


@interactions.component_callback("menu")
async def menu(context):
    await context.send(f"chose {context.values[0]}", ephemeral=True)


bot.start()
