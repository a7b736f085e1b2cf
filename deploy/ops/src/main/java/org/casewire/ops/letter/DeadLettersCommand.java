package org.casewire.ops.letter;

import picocli.CommandLine.Command;

/** What an operator does with what could not be handled. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | show | replay | erase)",
        description = {
            "Lists, shows, replays and erases what a service could not handle.",
            "",
            "Such a record stands whole on <topic>.dlt for 90 days, with the reason and the service's group in its"
                    + " headers. Mend the cause first; then a replay hands the record to that group once more."
        },
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class, EraseCommand.class})
public final class DeadLettersCommand {}
