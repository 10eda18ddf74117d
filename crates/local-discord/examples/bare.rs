//! A local Discord for any bot: prints where it is and waits.
//!
//! ```text
//! cargo run -p local-discord --example bare [PORT]
//! ```
//!
//! Point the bot at the printed address instead of `https://discord.com` and give it the printed token; then open the page.

use std::error::Error;

use local_discord::{LocalDiscord, Options, PageOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let options = Options { port, page: Some(PageOptions::default()), ..Options::default() };
    let discord = LocalDiscord::start(options).await?;
    println!("REST         {}/api/v10", discord.url());
    println!("gateway      {}", discord.gateway_url());
    println!("application  {}", discord.application_id());
    println!("token        {}", discord.token());
    println!("page         {}", discord.page_url().unwrap_or_default());
    println!("Ctrl-C ends it.");
    tokio::signal::ctrl_c().await?;
    discord.stop().await;
    Ok(())
}
