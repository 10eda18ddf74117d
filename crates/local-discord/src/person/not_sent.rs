//! Why Discord's client sends nothing.

/// Why Discord's client would not send an interaction at all.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSent {
    /// No such command is registered where the person is.
    #[error("no command /{0} is registered here")]
    UnknownCommand(String),
    /// No such command on messages is registered where the person is, or it is not offered to them.
    #[error("no command {0} is offered on messages here")]
    UnknownMessageCommand(String),
    /// The command is not offered in this kind of place, or to this person.
    #[error("/{0} is not offered here: {1}")]
    NotOffered(String, &'static str),
    /// The path ends before a subcommand, or goes on after one.
    #[error("/{0} does not name a whole command")]
    NotACommand(String),
    /// The command has no such option.
    #[error("there is no option {0}")]
    UnknownOption(String),
    /// A required option is missing.
    #[error("the option {0} is required")]
    MissingOption(String),
    /// The value is not of the option's type.
    #[error("the option {0} takes another type of value")]
    WrongType(String),
    /// A text is too short or too long.
    #[error("the option {option} takes {least} to {most} characters")]
    Length {
        /// The option's name.
        option: String,
        /// The fewest characters.
        least: u64,
        /// The most characters.
        most: u64,
    },
    /// A number is too small or too large.
    #[error("the number of {0} is out of bounds")]
    Bounds(String),
    /// The value is not among the choices.
    #[error("the option {0} takes only its choices")]
    NotAChoice(String),
    /// The option is not one that completes itself.
    #[error("the option {0} has no autocompletion")]
    NoAutocompletion(String),
    /// A file is larger than the limit.
    #[error("the file {0} is too large")]
    FileTooLarge(String),
    /// There is no such message, it was deleted, or the person does not see it.
    #[error("the person sees no such message here")]
    UnknownMessage,
    /// The message has no such component, or one that can't be used in this way.
    #[error("the message has no such component that can be used: {0}")]
    UnknownComponent(String),
    /// A menu takes other values, or another number of them.
    #[error("the menu {0} does not take these values")]
    NotSelectable(String),
    /// The outcome is not a modal, or the modal has no such field.
    #[error("the modal does not take this: {0}")]
    NotInModal(String),
}
