package org.casewire.ops;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.casewire.ops.backlog.BacklogCommand;
import org.casewire.ops.letter.DeadLettersCommand;
import org.casewire.ops.pause.PauseCommand;
import org.casewire.ops.restore.ReconcileCommand;
import org.casewire.ops.restore.RewindCommand;
import picocli.CommandLine;

/** The operator's commands; each is a script beside this module's pom, which names it first. */
public final class Main {

    private static final int WIDTH = 110;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /**
     * Runs one command.
     *
     * @return 0 when it is done, 1 when it could not be done, 2 when it was not understood
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        Object command = switch (name) {
            case "dead-letters" -> new DeadLettersCommand();
            case "backlog" -> new BacklogCommand();
            case "pause" -> new PauseCommand();
            case "reconcile" -> new ReconcileCommand();
            case "rewind" -> new RewindCommand();
            default -> null;
        };
        if (command == null) {
            err.println("The commands are: dead-letters, backlog, pause, reconcile, rewind");
            return 2;
        }
        return new CommandLine(command)
                .setCommandName("deploy/ops/" + name)
                .setUsageHelpWidth(WIDTH)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(Main::couldNot)
                .setParameterExceptionHandler(Main::notUnderstood)
                .execute(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static int couldNot(Exception failure, CommandLine command, CommandLine.ParseResult asked)
            throws Exception {
        if (!(failure instanceof Failed)) {
            throw failure;
        }
        command.getErr().println(failure.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int notUnderstood(CommandLine.ParameterException wrong, String... arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }
}
