package org.casewire.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the stack, tells about it and keeps it until it is asked to stop. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(List.of(arguments));
            if (options.help()) {
                System.out.print(Options.USAGE);
            } else {
                run(options, Installation.ofSystem());
            }
        } catch (Options.Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("The stack cannot start: " + e);
            System.exit(1);
        }
    }

    private static void run(Options options, Installation installation) throws IOException, InterruptedException {
        Progress progress = new Progress(System.out);
        installation.requireBuilt();
        Path stackFile = options.stack() == null ? installation.stackFile() : options.stack();
        DataFolder data = options.data() == null
                ? DataFolder.thrownAway(installation.throwawayData(options.basePort()))
                : DataFolder.kept(options.data());
        data.take();
        Stack.stopLeftovers(data, progress);
        Port.requireFree(options.basePort());
        data.clear();
        progress.recordIn(data.log("runner"));
        Stack stack = new Stack(installation, data, options.basePort(), stackFile, options.traces(), progress);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, data, progress), "stop"));
        try {
            StackDescription description = stack.start();
            progress.print(stack.summary(description));
        } catch (IOException | RuntimeException failed) {
            giveUp(stack, data, progress, failed);
        }
        new CountDownLatch(1).await(); // until the shutdown hook
    }

    /** A start that was asked to stop is no failure. */
    private static void giveUp(Stack stack, DataFolder data, Progress progress, Exception failed) {
        if (!stack.isStopping()) {
            progress.say("The stack cannot start. " + failed.getMessage());
            data.keepForInspection();
        }
        System.exit(1);
    }

    private static void stop(Stack stack, DataFolder data, Progress progress) {
        progress.say("Stopping");
        try {
            stack.stop();
            data.release();
            progress.say("Stopped");
        } catch (IOException | RuntimeException e) {
            progress.say("Stopped, but the data folder could not be tidied up: " + e.getMessage());
        }
    }
}
